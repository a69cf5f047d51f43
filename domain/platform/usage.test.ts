import { expect, test } from 'vitest';
import { overPlan, plans, leftOf } from './plan.ts';
import { deservesLook, isGivenUp, type TroubleReport } from './trouble.ts';
import { costOf, markMonth, noUsage, withCosts } from './usage.ts';

test('a running number tells each month’s share, and a month that ends is closed once', () => {
  const first = markMonth(undefined, 0, '2026-10');
  expect(first).toEqual({ mark: { month: '2026-10', before: 0 } });
  expect(markMonth(first.mark, 7, '2026-10')).toEqual({ mark: first.mark });
  expect(markMonth(first.mark, 9, '2026-11')).toEqual({
    mark: { month: '2026-11', before: 9 },
    closed: { month: '2026-10', count: 9 },
  });
});

test('what was stored in earlier months costs in later ones too', () => {
  const gigabyte = 1e9;
  const [first, second] = withCosts([
    { ...noUsage('2026-10'), fileBytes: 100 * gigabyte },
    { ...noUsage('2026-11'), calls: 1_000_000, mails: 1000 },
  ]);
  expect(first?.dollars).toBeCloseTo(2.3, 5);
  expect(second?.storedBytes).toBe(100 * gigabyte);
  expect(second?.dollars).toBeCloseTo(2.3 + 5.05 + 0.106, 5);
  expect(costOf(noUsage('2026-11'), 0)).toBe(0);
});

test('a refusal by the plan names the limit, what is used and what to do', () => {
  const { message } = overPlan('trial', 'storageBytes', 1_999_000_000);
  expect(message).toContain('2 GB of files, and 2 GB are stored');
  expect(overPlan('trial', 'jobsPerMonth', 50).message).toMatch(/Trial holds 50 jobs a month.*Ask Kerf/);
});

test('a plan without a limit leaves any amount, one over its limit nothing', () => {
  expect(leftOf('unmetered', 'machines', 10_000)).toBeUndefined();
  expect(leftOf('trial', 'machines', 2)).toBe((plans.trial.machines ?? 0) - 2);
  expect(leftOf('trial', 'machines', 99)).toBe(0);
});

test('an event is given up after its function’s three attempts; what failed less and long ago has got over it', () => {
  const report: TroubleReport = {
    id: 'send-mails.evt_01j00000000000000000000000',
    shopId: 'shop_x',
    jobId: 'job_x',
    what: 'send-mails',
    error: '',
    attempts: 2,
    firstAt: '2026-11-01T10:00:00.000Z',
    lastAt: '2026-11-01T10:01:00.000Z',
  };
  expect([isGivenUp(report), isGivenUp({ ...report, attempts: 3 })]).toEqual([false, true]);
  expect(deservesLook(report, '2026-11-01T10:05:00.000Z')).toBe(true);
  expect(deservesLook(report, '2026-11-01T10:30:00.000Z')).toBe(false);
  expect(deservesLook({ ...report, attempts: 3 }, '2026-11-20T10:00:00.000Z')).toBe(true);
  const repaired = { ...report, id: 'reconcile-workflows.job_x', attempts: 1 };
  expect(isGivenUp({ ...repaired, attempts: 9 })).toBe(false);
  expect(deservesLook(repaired, '2026-11-01T10:50:00.000Z')).toBe(true);
  expect(deservesLook(repaired, '2026-11-01T12:00:00.000Z')).toBe(false);
});
