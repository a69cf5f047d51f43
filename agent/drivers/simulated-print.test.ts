import { expect, test } from 'vitest';
import { machineSnapshot } from '#contract/mqtt.ts';
import { newId } from '#tests/agent/small-cloud.ts';
import { decidePrint, pastPrint, telemetry } from './simulated-print.ts';

const machineId = newId('mac');
const job = (runId = newId('run')) => ({
  runId,
  machineId,
  name: 'part.stl',
  path: '/dev/null',
  quantity: 1,
  estimatedSeconds: 3600,
  estimatedGrams: 20,
});
const start = Date.UTC(2026, 0, 1);
const calm = { speed: 60, failRate: 0 };

test('heats, prints with rising percent, finishes and cools; every instant is of the contract', () => {
  const print = decidePrint(job(), start, calm);
  const at = (share: number) =>
    machineSnapshot.parse(telemetry(machineId, print, start + share * print.durationMilliseconds));
  expect(print.durationMilliseconds).toBe(60_000);
  expect(at(0)).toMatchObject({
    state: 'preparing',
    percent: 0,
    temperaturesC: { nozzle: 25, nozzleTarget: 215 },
  });
  expect(at(0.5).state).toBe('printing');
  expect(Math.abs((at(0.5).temperaturesC?.nozzle ?? 0) - 215)).toBeLessThan(1);
  const percents = [0, 0.1, 0.2, 0.5, 0.9, 1].map((share) => at(share).percent ?? -1);
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(at(1)).toMatchObject({ state: 'finished', percent: 100, layer: print.layers });
  expect(at(9).temperaturesC?.nozzle).toBeCloseTo(25, 0);
});

test('a run fails or not by its id alone, in about the share asked for', () => {
  const ids = Array.from({ length: 400 }, () => newId('run'));
  const fails = (runId: string, startedAt: number) =>
    decidePrint(job(runId), startedAt, { speed: 60, failRate: 0.3 }).failure !== undefined;
  expect(ids.map((id) => fails(id, start))).toEqual(ids.map((id) => fails(id, start + 5000)));
  const share = ids.filter((id) => fails(id, start)).length / ids.length;
  expect(share).toBeGreaterThan(0.18);
  expect(share).toBeLessThan(0.42);
});

test('machine time and material are within 0.93 and 1.08 of the estimate', () => {
  for (let count = 0; count < 200; count += 1) {
    const past = pastPrint(decidePrint(job(), start, calm), start + 3_600_000);
    if (past.end?.kind !== 'finished') throw new Error('did not finish');
    expect(past.end.seconds / 3600).toBeGreaterThanOrEqual(0.93);
    expect(past.end.seconds / 3600).toBeLessThanOrEqual(1.08);
    expect(past.end.grams / 20).toBeGreaterThanOrEqual(0.929);
    expect(past.end.grams / 20).toBeLessThanOrEqual(1.081);
  }
});
