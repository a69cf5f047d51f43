import { describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { isRefusal } from '../refusal.ts';
import type { JobCommand, Look } from './commands.ts';
import { decide } from './decide.ts';
import {
  checkedFile,
  commandFor,
  earlier,
  goodLook,
  job,
  later,
  now,
  part,
  quote,
  stateIn,
} from './job-for-test.ts';
import { templateOf } from './own-template.ts';
import { dueBeforeProduction } from './rules/conditions.ts';
import type { JobState } from './state.ts';
import { addPart, maximumParts } from './parts.ts';

const owner: Actor = { kind: 'staff', personId: 'p', name: 'Ana', role: 'owner' };
const customer: Actor = { kind: 'customer', customerId: 'c', name: 'Cleo' };
const workflow: Actor = { kind: 'system', name: 'workflow' };

/** What the decision says: `done`, or the refusal's code and the field it names. */
function outcome(state: JobState, command: JobCommand, actor: Actor = owner): string {
  const result = decide(state, command, actor, now);
  return isRefusal(result) ? [result.refused, result.field].filter(Boolean).join(' ') : 'done';
}

describe('submit', () => {
  const state = stateIn('draft', 'submit');
  test.each([
    ['a checked file', state, 'done'],
    ['no part at all', { ...state, parts: [] }, 'not_ready parts'],
    ['a part whose file is gone', { ...state, files: [] }, 'not_ready parts'],
    ...(['awaiting_upload', 'refused'] as const).map((fileState): [string, JobState, string] => [
      `a file that is ${fileState}`,
      { ...state, files: [{ ...checkedFile, state: fileState }] },
      'not_ready parts',
    ]),
    [
      'one good file and one refused',
      {
        ...state,
        parts: [part(), part({ id: 'part_2', fileId: 'file_2' })],
        files: [checkedFile, { ...checkedFile, id: 'file_2', state: 'refused' }],
      },
      'not_ready parts',
    ],
  ] satisfies [string, JobState, string][])(
    'needs every file checked and none refused: %s',
    (_, given, said) => expect(outcome(given, { name: 'submit' })).toBe(said),
  );
});

describe('send quote', () => {
  const state = stateIn('quoting', 'send_quote');
  const offer = { name: 'send_quote', totalMinor: 5000, currency: 'USD', validUntil: later } as const;
  test.each([
    [0, 'not_ready totalMinor'],
    [-1, 'not_ready totalMinor'],
    [NaN, 'not_ready totalMinor'],
    [Infinity, 'not_ready totalMinor'],
    [10.5, 'not_ready totalMinor'],
    [2 ** 53, 'not_ready totalMinor'],
    [1, 'done'],
  ])('needs a price that is a whole amount above zero: %d', (totalMinor, said) =>
    expect(outcome(state, { ...offer, totalMinor })).toBe(said),
  );
  test.each([
    [earlier, 'invalid validUntil'],
    [now, 'invalid validUntil'],
    [later, 'done'],
  ])('is valid beyond now: until %s', (validUntil, said) =>
    expect(outcome(state, { ...offer, validUntil })).toBe(said),
  );
  test('refuses an order whose files are not checked', () =>
    expect(outcome({ ...state, files: [{ ...checkedFile, state: 'awaiting_upload' }] }, offer)).toBe(
      'not_ready parts',
    ));
  test('opens the next version', () => {
    const result = decide(state, offer, owner, now);
    expect(isRefusal(result) ? result : result.job.quote).toEqual({
      depositMinor: 0,
      version: 3,
      state: 'sent',
      totalMinor: 5000,
      currency: 'USD',
      validUntil: later,
    });
  });
});

describe('the answer to a quote', () => {
  const quoted = (changes: Parameters<typeof quote>[0]): JobState => ({
    ...stateIn('quoted', 'approve_quote'),
    job: job({ status: 'quoted', quote: quote(changes) }),
  });
  const answers: JobCommand[] = [
    { name: 'approve_quote', version: 2 },
    { name: 'request_changes', version: 2, message: 'red' },
    { name: 'decline_quote', version: 2, reason: 'dear' },
  ];
  for (const answer of answers) {
    test.each([1, 3])(`${answer.name} names the version seen: %d is stale`, (version) =>
      expect(outcome(quoted({}), { ...answer, version } as JobCommand, customer)).toBe('stale version'),
    );
    test.each(['draft', 'approved', 'changes_requested', 'declined', 'expired', 'superseded'] as const)(
      `${answer.name} needs an open quote: not one that is %s`,
      (state) => expect(outcome(quoted({ state }), answer, customer)).toBe('stale version'),
    );
    test(`${answer.name} needs a quote`, () =>
      expect(outcome({ ...quoted({}), job: job({ status: 'quoted' }) }, answer, customer)).toBe(
        'stale version',
      ));
  }
  test.each([
    [earlier, 'expired version'],
    [now, 'expired version'],
    ['2026-05-04T10:00:00.001Z', 'done'],
  ])('approval ends with the validity: until %s', (validUntil, said) =>
    expect(outcome(quoted({ validUntil }), { name: 'approve_quote', version: 2 }, customer)).toBe(said),
  );
  test.each([
    [later, 'not_ready'],
    ['2026-05-04T10:00:00.001Z', 'not_ready'],
    [now, 'done'],
    [earlier, 'done'],
  ])('a quote expires when its time is over, not before: until %s', (validUntil, said) =>
    expect(outcome(quoted({ validUntil }), { name: 'expire_quote' }, workflow)).toBe(said),
  );
  test('a held job can be approved, which ends the hold', () => {
    const held = { ...quoted({}), job: job({ status: 'on_hold', heldFrom: 'quoted', quote: quote() }) };
    const result = decide(held, { name: 'approve_quote', version: 2 }, customer, now);
    expect(isRefusal(result) ? result : [result.job.status, result.job.heldFrom]).toEqual([
      'ready_to_make',
      undefined,
    ]);
  });
  test('money that paid all of an earlier version is a deposit on a dearer one, and holds production where it is too little', () => {
    const state = stateIn('quoting', 'send_quote');
    const before = quote({ state: 'changes_requested', totalMinor: 1000, depositMinor: 1000 });
    const paid = {
      ...state,
      job: { ...state.job, quote: before, payment: 'paid' as const, paidMinor: 1000 },
    };
    const sent = (totalMinor: number) => {
      const command = { name: 'send_quote', totalMinor, currency: 'USD', validUntil: later } as const;
      const decision = decide(paid, command, owner, now);
      if (isRefusal(decision)) throw new Error(decision.message);
      return { ...paid, job: decision.job };
    };
    expect(sent(1000).job.payment).toBe('paid');
    const dearer = sent(5000);
    expect(dearer.job).toMatchObject({ payment: 'deposit', paidMinor: 1000 });
    const template = { ...dearer.template, deposit: { kind: 'percent', percent: 50 } as const };
    const asked = {
      ...dearer,
      template,
      job: { ...dearer.job, quote: quote({ depositMinor: 2500, totalMinor: 5000 }) },
    };
    expect(dueBeforeProduction(asked)).toBe(1500);
  });
  test('what was paid for the invoice of a canceled job is not taken for the price of the reopened one', () => {
    const canceled = stateIn('canceled_by_shop', 'reopen');
    const billed = { invoicedAt: earlier, payment: 'paid' as const, paidMinor: 400 };
    const decision = decide(
      { ...canceled, job: { ...canceled.job, ...billed } },
      { name: 'reopen', reason: 'after all' },
      owner,
      now,
    );
    expect(isRefusal(decision) ? decision : [decision.job.payment, decision.job.paidMinor]).toEqual([
      'unpaid',
      undefined,
    ]);
  });
  test('a quote ends with its job: canceled, reopened and held, it can not be approved any more', () => {
    let state: JobState = quoted({});
    const road: JobCommand[] = [
      { name: 'cancel', reason: 'mistake' },
      { name: 'reopen', reason: 'after all' },
      { name: 'hold', reason: 'waits for filament' },
    ];
    for (const command of road) {
      const decision = decide(state, command, owner, now);
      if (isRefusal(decision)) throw new Error(decision.message);
      state = { ...state, job: decision.job };
    }
    expect(state.job.status).toBe('on_hold');
    expect(outcome(state, { name: 'approve_quote', version: 2 }, customer)).toBe('stale version');
  });
});

describe('production', () => {
  const making = (changes: Parameters<typeof part>[0], openRuns: JobState['openRuns'] = []): JobState => ({
    ...stateIn('in_production', 'finish'),
    parts: [part(changes)],
    openRuns,
  });
  const start = { name: 'start', partId: 'part_1', runId: 'run_1', machineId: 'mac_1' } as const;
  test.each([
    [0, 'invalid quantity'],
    [-1, 'invalid quantity'],
    [1.5, 'invalid quantity'],
    [NaN, 'invalid quantity'],
    [1, 'done'],
    [3, 'done'],
    [4, 'invalid quantity'],
  ])('a run makes at most what is missing: %d of 3', (quantity, said) =>
    expect(outcome(making({ made: 2, scrapped: 1 }), { ...start, quantity })).toBe(said),
  );
  test('pieces in a run that is not over are not started a second time', () => {
    const being = (quantity: number) =>
      making({ made: 1 }, [
        { id: 'run_8', partId: 'part_1', quantity },
        { id: 'run_9', partId: 'part_2', quantity: 5 },
      ]);
    expect(outcome(being(2), { ...start, quantity: 1 })).toBe('done');
    expect(outcome(being(2), { ...start, quantity: 2 })).toBe('invalid quantity');
    expect(outcome(being(3), { ...start, quantity: 1 })).toBe('not_ready partId');
  });
  test('a reopened job with all its pieces goes on without a run; one that lacks pieces does not', () => {
    const reopened = (made: number) => ({
      ...making({ made }),
      job: job({ status: 'ready_to_make' as const }),
    });
    expect(outcome(reopened(4), { name: 'finish' })).toBe('done');
    expect(outcome(reopened(3), { name: 'finish' })).toBe('not_ready parts');
  });
  test('nothing is started that is made already, or unknown', () => {
    expect(outcome(making({ made: 4 }), { ...start, quantity: 1 })).toBe('not_ready partId');
    expect(outcome(making({}), { ...start, partId: 'part_9', quantity: 1 })).toBe('invalid partId');
  });
  test.each([
    ['all good', { made: 4 }, [], 'done'],
    ['more than wanted', { made: 9, scrapped: 2 }, [], 'done'],
    ['one short', { made: 3 }, [], 'not_ready parts'],
    ['one scrapped', { made: 4, scrapped: 1 }, [], 'not_ready parts'],
    ['a run still open', { made: 4 }, [{ id: 'run_9', partId: 'part_1', quantity: 1 }], 'not_ready'],
  ])('finish and pass need good >= wanted and no open run: %s', (_, counts, openRuns, said) => {
    const state = making(counts, openRuns);
    expect(outcome(state, { name: 'finish' })).toBe(said);
    const checked = { ...state, job: job({ status: 'quality_check' }) };
    expect(outcome(checked, { name: 'pass_check', looks: [goodLook(checked.job)] })).toBe(said);
  });
  describe('a check is passed on a filled inspection', () => {
    const checked = stateIn('quality_check', 'pass_check');
    const again: JobState = { ...checked, job: { ...checked.job, reworkCycle: 1, agreedAt: earlier } };
    const look = goodLook(again.job);
    const pass = (state: JobState, ...looks: Look[]) => outcome(state, { name: 'pass_check', looks });
    test.each([
      ['none', [], 'not_ready inspections'],
      ['of this cycle, passed', [look], 'done'],
      ['of the pieces before the rework', [{ ...look, reworkCycle: 0 }], 'not_ready inspections'],
      [
        'of the pieces before the order was agreed anew',
        [{ ...look, at: '2026-01-01T00:00:00.000Z' }],
        'not_ready inspections',
      ],
      ['by another list', [{ ...look, process: 'laser' as const }], 'not_ready inspections'],
      ['failed', [{ ...look, outcome: 'fail' as const }], 'not_ready inspections'],
      [
        'failed, then passed',
        [
          { ...look, outcome: 'fail' as const },
          { ...look, at: later },
        ],
        'done',
      ],
      [
        'passed, then failed',
        [look, { ...look, at: later, outcome: 'fail' as const }],
        'not_ready inspections',
      ],
    ])('%s', (_, looks, said) => expect(pass(again, ...looks)).toBe(said));

    test('by every list that the parts need', () => {
      const mixed = {
        ...again,
        parts: [part({ made: 4 }), part({ id: 'part_2', process: 'laser', made: 4 })],
      };
      expect(pass(mixed, look)).toBe('not_ready inspections');
      expect(pass(mixed, look, { ...look, process: 'laser' })).toBe('done');
    });

    test('unless the shop has switched that off', () => {
      const template = templateOf(again.template, { statuses: {}, off: [], needsInspection: false });
      expect(pass({ ...again, template })).toBe('done');
    });
  });
  test('a refusal says what is short', () => {
    const result = decide(making({ made: 1 }), { name: 'finish' }, owner, now);
    expect(isRefusal(result) && result.message).toBe('Still missing: 3 of "bracket.stl".');
  });
  test.each([
    [0, 'invalid count'],
    [-1, 'invalid count'],
    [0.5, 'invalid count'],
    [3, 'done'],
    [4, 'invalid count'],
  ])('a failed check scraps what is in hand: %d of 3', (count, said) => {
    const state = { ...making({ made: 4, scrapped: 1 }), job: job({ status: 'quality_check' as const }) };
    expect(outcome(state, { name: 'fail_check', partId: 'part_1', count, reason: 'warped' })).toBe(said);
  });
  test('a failed check opens the next rework cycle and scraps the pieces', () => {
    const state = stateIn('quality_check', 'fail_check');
    const result = decide(state, commandFor('fail_check', state), owner, now);
    expect(isRefusal(result) ? result : [result.job.reworkCycle, result.parts]).toEqual([
      1,
      [part({ made: 4, scrapped: 1 })],
    ]);
  });
  test('a run that failed makes nothing and is told so', () => {
    const command: JobCommand = {
      name: 'record_run',
      runId: 'run_1',
      partId: 'part_1',
      outcome: 'failed',
      made: 0,
      reason: 'jam',
    };
    const result = decide(making({}), command, { kind: 'agent', agentId: 'a' }, now);
    expect(isRefusal(result) ? result : [result.parts, result.event.type]).toEqual([[], 'run.failed']);
  });
});

test.each(['hold', 'cancel', 'reopen'] as const)('%s needs a reason in words', (name) => {
  const state = stateIn(name === 'reopen' ? 'completed' : 'review', name);
  for (const reason of ['', ' ', '\n\t']) expect(outcome(state, { name, reason })).toBe('invalid reason');
  expect(outcome(state, { name, reason: 'x' })).toBe('done');
});

describe('parts', () => {
  test.each([0, -1, 1.5, NaN, 10_001])('%d pieces are refused', (wanted) =>
    expect(addPart(job(), [], part({ wanted }))).toMatchObject({ refused: 'invalid', field: 'quantity' }),
  );
  test('a job holds at most as many lines as one transaction can write', () => {
    const full = Array.from({ length: maximumParts }, () => part());
    expect(addPart(job(), full, part())).toMatchObject({ refused: 'not_ready' });
    expect(addPart(job(), full.slice(1), part())).toEqual(part());
    // Job, event, two stays, workflow, quote, idempotency row and every part.
    expect(maximumParts + 7).toBeLessThanOrEqual(100);
  });
  test('lines change while the request is a draft only', () =>
    expect(addPart(job({ status: 'review' }), [], part())).toMatchObject({ refused: 'not_allowed_now' }));
});
