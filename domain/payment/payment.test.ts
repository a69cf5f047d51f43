import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRefusal } from '../refusal.ts';
import {
  recordPayment,
  takePayment,
  type Payment,
  type PaymentReport,
  type PaymentTarget,
} from './payment.ts';

const now = '2026-05-04T10:00:00.000Z';
const target: PaymentTarget = { jobId: 'job_1', invoiceId: 'inv_1', currency: 'USD', openMinor: 1000 };
const report = (changes: Partial<PaymentReport> = {}): PaymentReport => ({
  providerId: 'pi_1',
  amountMinor: 1000,
  currency: 'USD',
  outcome: 'paid',
  ...changes,
});

test('money that arrived counts in whatever amount; of another currency it counts for nothing, and when nothing is open it is surplus', () => {
  for (const amountMinor of [1, 999, 1000, 1001])
    expect(takePayment(target, undefined, report({ amountMinor }), 'pay_1', now)).toMatchObject({
      id: 'pay_1',
      key: 'pi_1',
      state: 'settled',
      amountMinor,
      receivedAt: now,
    });
  expect(takePayment(target, undefined, report({ currency: 'EUR' }), 'pay_1', now)?.state).toBe('mismatch');
  expect(takePayment({ ...target, openMinor: 0 }, undefined, report(), 'pay_1', now)?.state).toBe('surplus');
});

test('in whatever order and however often reports come, every payment is one row, and arrived money has the last word', () => {
  const reports = fc.array(
    fc.record({
      providerId: fc.constantFrom('pi_1', 'pi_2', 'pi_3'),
      outcome: fc.constantFrom('paid' as const, 'pending' as const, 'failed' as const),
    }),
    { maxLength: 15 },
  );
  fc.assert(
    fc.property(reports, (sequence) => {
      const rows = new Map<string, Payment>();
      sequence.forEach((each, index) => {
        const before = rows.get(each.providerId);
        const payment = takePayment(target, before, report(each), `pay_${index}`, now);
        if (payment) rows.set(each.providerId, payment);
        if (before && payment) expect(payment.id).toBe(before.id);
      });
      for (const { providerId, outcome } of sequence) {
        const state = rows.get(providerId)?.state;
        if (outcome === 'paid') expect(state).toBe('settled');
        if (outcome === 'failed') expect(state).not.toBe('pending');
      }
    }),
    { seed: 5, numRuns: 500 },
  );
});

test('a report told again is old news', () => {
  for (const outcome of ['paid', 'pending', 'failed'] as const) {
    const once = takePayment(target, undefined, report({ outcome }), 'pay_1', now);
    expect(takePayment(target, once, report({ outcome }), 'pay_2', now)).toBeUndefined();
  }
});

test('what is recorded by hand is above zero, not from the future, and above the open amount only on purpose', () => {
  const record = (changes: object) =>
    recordPayment(
      { id: 'pay_1', target, amountMinor: 1000, method: 'cash', recordedBy: 'Ana', ...changes },
      now,
    );
  expect(record({ reference: '42' })).toMatchObject({ key: 'pay_1', state: 'settled', reference: '42' });
  expect(record({ amountMinor: 0 })).toMatchObject({ refused: 'invalid', field: 'amountMinor' });
  expect(record({ amountMinor: 10.5 })).toMatchObject({ refused: 'invalid', field: 'amountMinor' });
  expect(record({ amountMinor: 1001 })).toMatchObject({ refused: 'invalid', field: 'amountMinor' });
  expect(isRefusal(record({ amountMinor: 1001, moreThanOwed: true }))).toBe(false);
  expect(record({ receivedAt: '2026-05-05T00:00:00.000Z' })).toMatchObject({ field: 'receivedOn' });
});
