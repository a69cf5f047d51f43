import { expect, test } from 'vitest';
import { isRefusal } from '../refusal.ts';
import type { Run } from './run.ts';
import { beginByHand, continueByHand, endByHand, pauseByHand } from './run-by-hand.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 4, 4, 10, minute)).toISOString();
const now = at(59);
const begunAt = (instant: string) =>
  beginByHand(
    {
      id: 'run_1',
      jobId: 'job_1',
      partId: 'part_1',
      machineId: 'mac_1',
      quantity: 5,
      requestedAt: at(0),
      estimatedSeconds: 600,
      operator: { personId: 'p1', name: 'Olga Operator' },
    },
    instant,
    now,
    at(0),
  );
const begun = (): Run => must(begunAt(at(0)));
const must = (run: Run | ReturnType<typeof pauseByHand>): Run => {
  if (isRefusal(run)) throw new Error(run.message);
  return run;
};
const paused = () => must(pauseByHand(begun(), at(10), now));

test('CO-43 the machine time is what lies between start and end, without the pauses', () => {
  const twice = must(pauseByHand(must(continueByHand(paused(), at(15), now)), at(20), now));
  // A run that is ended while paused stood still until then.
  const result = endByHand(twice, { outcome: 'finished', grams: 12, sheets: 1 }, at(30), now);
  expect(result).toMatchObject({
    made: 5,
    run: { state: 'finished', endedAt: at(30), actualSeconds: 15 * 60, actualGrams: 12, actualSheets: 1 },
  });
});

test('nothing is logged that is to come, before what was logged last, or long before there was a job', () => {
  expect(begunAt(at(60))).toMatchObject({ refused: 'invalid', field: 'at' });
  expect(begunAt('2026-05-03T10:00:00.000Z')).toMatchObject({ state: 'printing' });
  expect(begunAt('2025-05-04T10:00:00.000Z')).toMatchObject({ refused: 'invalid', field: 'at' });
  expect(pauseByHand(begun(), at(60), now)).toMatchObject({ refused: 'invalid', field: 'at' });
  expect(continueByHand(paused(), at(9), now)).toMatchObject({ refused: 'invalid', field: 'at' });
  const again = must(continueByHand(paused(), at(15), now));
  expect(endByHand(again, { outcome: 'finished' }, at(14), now)).toMatchObject({ field: 'at' });
});

test('a run is paused when it runs and goes on when it is paused, and what is over stays over', () => {
  expect(pauseByHand(paused(), at(11), now)).toMatchObject({ refused: 'not_allowed_now' });
  expect(continueByHand(begun(), at(11), now)).toMatchObject({ refused: 'not_allowed_now' });
  const over: Run = { ...begun(), state: 'failed' };
  for (const again of [pauseByHand(over, at(11), now), endByHand(over, { outcome: 'finished' }, at(11), now)])
    expect(again).toMatchObject({ refused: 'not_allowed_now' });
});

test('what an agent reports is not logged by hand', () => {
  const { operator: _, ...ofAgent } = begun();
  expect(endByHand(ofAgent, { outcome: 'finished' }, at(11), now)).toMatchObject({
    refused: 'not_allowed_now',
  });
});

test('a failed run says why and how many of its pieces are good; a finished one has made them all', () => {
  const end = (how: Parameters<typeof endByHand>[1]) => endByHand(begun(), how, at(11), now);
  expect(end({ outcome: 'failed', reason: 'burnt', made: 2 })).toMatchObject({
    made: 2,
    run: { state: 'failed' },
  });
  expect(end({ outcome: 'failed', reason: 'burnt' })).toMatchObject({ made: 0 });
  expect(end({ outcome: 'failed', made: 2 })).toMatchObject({ field: 'reason' });
  expect(end({ outcome: 'failed', reason: 'burnt', made: 5 })).toMatchObject({ field: 'made' });
  expect(end({ outcome: 'finished', made: 4 })).toMatchObject({ field: 'made' });
});
