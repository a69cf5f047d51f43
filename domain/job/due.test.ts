import { describe, expect, test } from 'vitest';
import {
  dueNow,
  dueOnEntering,
  flagsAfter,
  longestSleepSeconds,
  openStay,
  sleepSeconds,
  stillAsked,
} from './due.ts';
import { job, later, now, purchaseOrder, quote } from './job-for-test.ts';
import type { Job } from './job.ts';
import { promisedDay } from './promised-day.ts';
import { custom } from './templates/custom.ts';
import { fabrication } from './templates/fabrication.ts';
import { order } from './templates/order.ts';

const day = (count: number): string => new Date(Date.parse(now) + count * 86_400_000).toISOString();
const kindsOf = (of: Job, template = fabrication) =>
  dueOnEntering(of, template, now).map(({ kind, at }) => [kind, at]);

describe('what falls due in a status', () => {
  test('a quote: reminder after three days, expiry with its validity', () =>
    expect(kindsOf(job({ status: 'quoted', quote: quote() }))).toEqual([
      ['quote_reminder', day(3)],
      ['quote_expiry', later],
    ]));
  test('a quote that ends before its reminder only expires', () =>
    expect(kindsOf(job({ status: 'quoted', quote: quote({ validUntil: day(2) }) }))).toEqual([
      ['quote_expiry', day(2)],
    ]));
  test('a silent vendor after two days', () =>
    expect(kindsOf(job({ status: 'vendor_quote' }), custom)).toEqual([['vendor_silent', day(2)]]));
  test('JT-29 a piece on the shelf after fourteen days', () =>
    expect(kindsOf(job({ status: 'ready_for_pickup' }), custom)).toEqual([['pickup_overdue', day(14)]]));
  test('the hours the template gives a status', () =>
    expect(kindsOf(job({ status: 'review' }))).toEqual([['sla_missed', day(1)]]));
});

describe('a purchase order', () => {
  const po = { ...purchaseOrder, netDays: 30, dueAt: day(30) };
  const told = [
    ['po_due_soon', day(28)],
    ['po_overdue_1', day(31)],
    ['po_overdue_7', day(37)],
    ['po_overdue_14', day(44)],
  ];
  test.each(['po_provided', 'delivered'] as const)('DF-67 falls due by itself in %s', (status) =>
    expect(kindsOf(job({ status, po }), order).sort()).toEqual([...told, ['po_due', day(30)]].sort()),
  );
  test.each(['ready_to_make', 'in_production', 'rework', 'shipped'] as const)(
    'is only told of in %s, where something else is going on',
    (status) => expect(kindsOf(job({ status, po }), order)).toEqual(told),
  );
  test.each([
    ['paid', job({ status: 'delivered', po, payment: 'paid' })],
    ['held', job({ status: 'on_hold', po })],
    ['canceled', job({ status: 'canceled_by_shop', po })],
  ])('asks for nothing when the job is %s', (_, of) => expect(kindsOf(of, order)).toEqual([]));
  test('what was told in an earlier status is not told again', () =>
    expect(kindsOf(job({ status: 'shipped', po, flags: ['po_due_soon', 'po_overdue_1'] }), order)).toEqual(
      told.slice(2),
    ));
  test('what was paid after the stay began is not asked for', () => {
    expect(stillAsked(job({ payment: 'paid' }), 'po_due')).toBe(false);
    expect(stillAsked(job(), 'po_due')).toBe(true);
    expect(stillAsked(job({ payment: 'paid' }), 'promise_late')).toBe(true);
  });
});

describe('JT-33 a promised day', () => {
  const promised = promisedDay('2026-05-20', 'Europe/Berlin');
  test('is soon two days before it begins and late when it is over, where the shop is', () =>
    expect(promised).toEqual({
      date: '2026-05-20',
      soonAt: '2026-05-17T22:00:00.000Z',
      lateAt: '2026-05-20T22:00:00.000Z',
    }));
  test.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-26T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-22T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['2026-03-08', 'America/New_York', '2026-03-06T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
    ['2026-01-01', 'Pacific/Auckland', '2025-12-29T11:00:00.000Z', '2026-01-01T11:00:00.000Z'],
    ['2026-02-28', 'UTC', '2026-02-26T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
  ])('%s in %s, also when clocks change', (date, zone, soonAt, lateAt) =>
    expect(promisedDay(date, zone)).toEqual({ date, soonAt, lateAt }),
  );
  test('is watched until the piece is ready, and told once in the life of the job', () => {
    const kinds = (of: Partial<Job>) => kindsOf(job({ promised, ...of }), custom).map(([kind]) => kind);
    expect(kinds({ status: 'in_production' })).toEqual(['promise_soon', 'promise_late']);
    expect(kinds({ status: 'in_production', flags: ['promise_soon'] })).toEqual(['promise_late']);
    expect(kinds({ status: 'ready_for_pickup' })).toEqual(['pickup_overdue']);
    expect(kinds({ status: 'completed' })).toEqual([]);
  });
});

test('a change of status takes the flags of the status and leaves those of the job', () => {
  expect(flagsAfter(['pickup_overdue', 'promise_late', 'sla_missed', 'po_overdue_1'])).toEqual([
    'promise_late',
    'po_overdue_1',
  ]);
  expect(flagsAfter(['sla_missed'])).toBeUndefined();
  expect(flagsAfter(undefined)).toBeUndefined();
});

test('an execution sleeps until the next entry, at least a second and at most twenty days', () => {
  const stay = openStay(job({ status: 'quoted', quote: quote() }), fabrication, now);
  expect(sleepSeconds(stay, now)).toBe(3 * 86_400);
  expect(sleepSeconds(stay, day(40))).toBe(1);
  expect(dueNow(stay, day(3)).map(({ kind }) => kind)).toEqual(['quote_reminder']);
  expect(sleepSeconds({ ...stay, due: [] }, now)).toBe(longestSleepSeconds);
});
