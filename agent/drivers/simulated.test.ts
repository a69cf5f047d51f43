import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newId } from '#tests/agent/small-cloud.ts';
import { CannotStart } from './driver.ts';
import { simulatedDriver } from './simulated.ts';

const machineId = newId('mac');
const folder = () => mkdtempSync(join(tmpdir(), 'kerf-printer-'));
const job = (runId = newId('run')) => ({
  runId,
  machineId,
  name: 'part.stl',
  path: '/dev/null',
  quantity: 1,
  estimatedSeconds: 3600,
  estimatedGrams: 20,
});
const calm = { speed: 60, failRate: 0 };

test('a run is started once, however often and by however many agents in turn', async () => {
  const dir = folder();
  const once = job();
  const driver = simulatedDriver(dir, calm);
  await driver.start(once);
  const before = await driver.history(machineId);
  await driver.start(once);
  await simulatedDriver(dir, calm).start(once);
  expect(await simulatedDriver(dir, calm).history(machineId)).toEqual(before);
});

test('a printing printer takes no other run, and says so', async () => {
  const driver = simulatedDriver(folder(), calm);
  await driver.start(job());
  await expect(driver.start(job())).rejects.toThrow(CannotStart);
});

test('the printer goes on by its own: another agent finds the same print', async () => {
  const dir = folder();
  const running = job();
  await simulatedDriver(dir, calm).start(running);
  const seen = await simulatedDriver(dir, calm).snapshot(machineId);
  expect(seen).toMatchObject({ runId: running.runId, state: 'preparing' });
});
