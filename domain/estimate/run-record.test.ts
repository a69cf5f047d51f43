import { expect, test } from 'vitest';
import type { Run } from '../run/run.ts';
import { runsOf, withFinishedRun, type RunRecord } from './run-record.ts';

const empty: RunRecord = { machineId: 'mac_1', materialId: 'pla', runs: [], version: 0 };

const finished = (number: number, change: Partial<Run> = {}): Run => ({
  id: `run_${number}`,
  jobId: 'job_1',
  partId: 'part_1',
  machineId: 'mac_1',
  quantity: 1,
  state: 'finished',
  requestedAt: '2026-03-01T09:00:00.000Z',
  estimatedSeconds: 110,
  uncorrected: { materialId: 'pla', seconds: 100, grams: 5 },
  endedAt: new Date(Date.UTC(2026, 2, 1, 10, number)).toISOString(),
  actualSeconds: 130,
  actualGrams: 6,
  ...change,
});

test('a run is held against the estimate before its correction, and counts once however often it is told', () => {
  const once = withFinishedRun(empty, finished(1))!;
  expect(once).toMatchObject({
    version: 1,
    runs: [{ runId: 'run_1', estimatedSeconds: 100, actualSeconds: 130 }],
  });
  expect(withFinishedRun(once, finished(1))).toBeUndefined();
});

test.each<[string, Partial<Run>]>([
  ['failed', { state: 'failed' }],
  ['has no time of the machine', { actualSeconds: undefined }],
  ['was never estimated', { uncorrected: undefined }],
])('a run that %s teaches nothing', (_, change) => {
  expect(withFinishedRun(empty, finished(1, change))).toBeUndefined();
});

test('a record keeps the latest twenty runs, and several are read in the order of time', () => {
  let record = empty;
  for (let number = 0; number < 25; number++) record = withFinishedRun(record, finished(number))!;
  expect(record.version).toBe(25);
  expect(record.runs.map(({ runId }) => runId)).toEqual(
    Array.from({ length: 20 }, (_, index) => `run_${index + 5}`),
  );
  const other = withFinishedRun({ ...empty, machineId: 'mac_2' }, finished(30, { actualSeconds: 77 }))!;
  expect(runsOf([other, record]).at(-1)).toMatchObject({ actualSeconds: 77 });
});
