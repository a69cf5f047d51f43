import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyFact, isOpen, runStates, withContact, type Run, type RunFact } from './run.ts';

const at = '2026-05-04T10:00:00.000Z';
const run = (changes: Partial<Run> = {}): Run => ({
  id: 'run_1',
  jobId: 'job_1',
  partId: 'part_1',
  machineId: 'mac_1',
  quantity: 2,
  state: 'requested',
  requestedAt: '2026-05-04T09:00:00.000Z',
  estimatedSeconds: 600,
  ...changes,
});
const facts: RunFact[] = [
  { kind: 'started', runId: 'run_1', at },
  { kind: 'finished', runId: 'run_1', at, seconds: 601, grams: 3.2 },
  { kind: 'failed', runId: 'run_1', at, reason: 'jam' },
  { kind: 'canceled', runId: 'run_1', at, reason: 'by hand' },
];

test.each(facts)('the fact "$kind" counts once: told again, it is old news', (fact) => {
  const once = applyFact(run(), fact);
  expect(once).toBeDefined();
  expect(applyFact(once!, fact)).toBeUndefined();
});

test('in whatever order facts and silence come, a run ends once and stays ended', () => {
  const happenings = fc.array(fc.constantFrom(...facts, 'lost' as const, 'back' as const), { maxLength: 20 });
  fc.assert(
    fc.property(happenings, (sequence) => {
      let state = run();
      let end: Run | undefined;
      for (const each of sequence) {
        const after = typeof each === 'string' ? withContact(state, each) : applyFact(state, each);
        if (end) expect(after).toBeUndefined();
        if (!after) continue;
        expect(runStates).toContain(after.state);
        // Silence never ends a run.
        if (typeof each === 'string') expect(isOpen(after)).toBe(true);
        state = after;
        if (!isOpen(state)) end = state;
      }
      if (end) expect(end.endedAt).toBe(at);
    }),
    { seed: 7 },
  );
});

test('a run that was given up goes on when it was taken after all, and one that was canceled does not', () => {
  const voided = applyFact(run(), { kind: 'voided', runId: 'run_1', at, reason: 'nobody took it' });
  expect(voided).toMatchObject({ state: 'canceled', endedAt: at });
  expect(applyFact(voided!, { kind: 'taken_late', runId: 'run_1', at })).toEqual(run({ state: 'unknown' }));
  expect(applyFact(voided!, facts[0]!)).toEqual(run({ state: 'printing', startedAt: at }));
  expect(applyFact(voided!, facts[1]!)).toMatchObject({ state: 'finished', actualSeconds: 601 });
  for (const end of [facts[2]!, facts[3]!]) expect(applyFact(voided!, end)).toBeUndefined();
  const canceled = applyFact(run(), facts[3]!);
  for (const late of [facts[0]!, facts[1]!, { kind: 'taken_late', runId: 'run_1', at } as const])
    expect(applyFact(canceled!, late)).toBeUndefined();
});

test('a finish whose start was never told still has a start', () =>
  expect(applyFact(run(), facts[1]!)).toMatchObject({
    state: 'finished',
    startedAt: at,
    actualSeconds: 601,
  }));

test('lost contact is unknown, and back is what it was', () => {
  for (const state of ['requested', 'printing'] as const) {
    const before = run({ state, ...(state === 'printing' ? { startedAt: at } : {}) });
    const lost = withContact(before, 'lost');
    expect(lost?.state).toBe('unknown');
    expect(withContact(lost!, 'lost')).toBeUndefined();
    expect(withContact(lost!, 'back')).toEqual(before);
  }
});

test('a printer’s own word overrules silence', () =>
  expect(applyFact(run({ state: 'unknown' }), facts[1]!)?.state).toBe('finished'));
