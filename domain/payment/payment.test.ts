import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Invoice } from './invoice.ts';
import { takePayment, type Payment, type PaymentReport } from './payment.ts';

const now = '2026-05-04T10:00:00.000Z';
const invoice: Invoice = {
  id: 'inv_1',
  jobId: 'job_1',
  quoteVersion: 1,
  jobNumber: 'K-000007',
  number: 'INV-000042',
  customer: { customerId: 'cus_1', name: 'Cleo', email: 'cleo@mail.example' },
  currency: 'USD',
  lines: [],
  subtotalMinor: 900,
  taxMinor: 100,
  totalMinor: 1000,
  state: 'open',
  issuedAt: now,
};
const report = (changes: Partial<PaymentReport> = {}): PaymentReport => ({
  providerId: 'pi_1',
  invoiceId: invoice.id,
  amountMinor: 1000,
  currency: 'USD',
  outcome: 'paid',
  ...changes,
});

test('an invoice is paid by exactly its total in its currency; other money is kept as a mismatch', () => {
  expect(takePayment(invoice, undefined, report(), now)).toMatchObject({
    payment: { state: 'settled', receivedAt: now },
    paid: { ...invoice, state: 'paid', paidAt: now },
    event: 'invoice.paid',
  });
  for (const wrong of [{ amountMinor: 999 }, { amountMinor: 1001 }, { currency: 'EUR' }]) {
    const taken = takePayment(invoice, undefined, report(wrong), now);
    expect(taken).toMatchObject({ payment: { state: 'mismatch', ...wrong }, event: 'payment.unmatched' });
    expect(taken?.paid).toBeUndefined();
  }
});

test('in whatever order and however often reports come, the invoice is paid once and all money that arrived is on record', () => {
  const reports = fc.array(
    fc.record({
      providerId: fc.constantFrom('pi_1', 'pi_2', 'pi_3'),
      outcome: fc.constantFrom('paid' as const, 'pending' as const, 'failed' as const),
      amountMinor: fc.constantFrom(1000, 1000, 7),
    }),
    { maxLength: 15 },
  );
  fc.assert(
    fc.property(reports, (sequence) => {
      let state = invoice;
      const rows = new Map<string, Payment>();
      for (const each of sequence) {
        const taken = takePayment(state, rows.get(each.providerId), report(each), now);
        if (!taken) continue;
        rows.set(each.providerId, taken.payment);
        if (taken.paid) {
          expect(state.state).toBe('open');
          state = taken.paid;
        }
      }
      const settled = [...rows.values()].filter((row) => row.state === 'settled');
      expect(settled.length).toBe(state.state === 'paid' ? 1 : 0);
      for (const { providerId, outcome } of sequence)
        if (outcome === 'paid')
          expect(['settled', 'surplus', 'mismatch']).toContain(rows.get(providerId)?.state);
    }),
    { seed: 5, numRuns: 500 },
  );
});

test('a report told again is old news', () => {
  for (const outcome of ['paid', 'pending', 'failed'] as const) {
    const once = takePayment(invoice, undefined, report({ outcome }), now);
    expect(takePayment(once?.paid ?? invoice, once?.payment, report({ outcome }), now)).toBeUndefined();
  }
});
