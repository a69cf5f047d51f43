import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { issueCreditNote, type CreditNote } from '../credit-note/credit-note.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { Job } from '../job/job.ts';
import { isRefusal } from '../refusal.ts';
import { settleCancellation } from './cancellation.ts';
import { recordPayment, takePayment, type Payment } from './payment.ts';
import { answerRefund, askRefund, refundable, reversePayment, type Refund } from './refund.ts';
import { standingOf, type Standing } from './standing.ts';

const now = '2026-05-04T10:00:00.000Z';
type Money = Pick<Job, 'quote' | 'agreedAt' | 'kept' | 'adjusted'>;
const quote = (version: number, totalMinor: number): NonNullable<Job['quote']> => ({
  version,
  state: 'approved',
  totalMinor,
  currency: 'USD',
  validUntil: now,
});
const invoiceOf = (quoteVersion: number, totalMinor: number): Invoice => ({
  id: `inv_${quoteVersion}`,
  jobId: 'job_1',
  quoteVersion,
  jobNumber: 'K-000007',
  number: `INV-00000${quoteVersion}`,
  customer: { customerId: 'cus_1', name: 'Cleo', email: 'cleo@mail.example' },
  currency: 'USD',
  lines: [],
  subtotalMinor: totalMinor - Math.floor(totalMinor / 6),
  taxMinor: Math.floor(totalMinor / 6),
  totalMinor,
  state: 'open',
  issuedAt: now,
});
const paid = (id: string, amountMinor: number, invoiceId?: string): Payment => ({
  id,
  key: id,
  jobId: 'job_1',
  ...(invoiceId === undefined ? {} : { invoiceId }),
  method: 'cash',
  amountMinor,
  currency: 'USD',
  state: 'settled',
  receivedAt: now,
});
const empty = { invoices: [], creditNotes: [], payments: [], refunds: [] };
const agreed: Money = { quote: quote(1, 1000), agreedAt: now };

describe('the payment axis', () => {
  const axis = (job: Money, books: Partial<Parameters<typeof standingOf>[1]>) => {
    const { payment, paidMinor, owedMinor, spareMinor } = standingOf(job, { ...empty, ...books });
    return [payment, paidMinor, owedMinor, spareMinor];
  };
  test('before the invoice money is a deposit, and paid once it covers what was agreed', () => {
    expect(axis(agreed, {})).toEqual(['unpaid', 0, 0, 0]);
    expect(axis(agreed, { payments: [paid('a', 300)] })).toEqual(['deposit', 300, 0, 300]);
    expect(axis(agreed, { payments: [paid('a', 1000)] })).toEqual(['paid', 1000, 0, 1000]);
    const invoice = { ...invoiceOf(1, 0), taxMinor: 0, subtotalMinor: 0 };
    expect(standingOf(agreed, { ...empty, invoices: [invoice] }).invoices['inv_1']?.state).toBe('paid');
    const adjusted = { ...agreed, adjusted: { version: 1, amountMinor: 200 } };
    expect(axis(adjusted, { payments: [paid('a', 1000)] })[0]).toBe('deposit');
  });
  test('JX-2 a deposit counts for the invoice as soon as there is one', () => {
    const invoices = [invoiceOf(1, 1000)];
    expect(axis(agreed, { invoices })).toEqual(['unpaid', 0, 1000, 0]);
    expect(axis(agreed, { invoices, payments: [paid('a', 300)] })).toEqual(['partial', 300, 700, 0]);
    expect(axis(agreed, { invoices, payments: [paid('a', 300), paid('b', 700, 'inv_1')] })).toEqual([
      'paid',
      1000,
      0,
      0,
    ]);
    expect(axis(agreed, { invoices, payments: [paid('a', 1200)] })).toEqual(['paid', 1200, 0, 200]);
  });
  test('an order quoted anew owes its new invoice whatever was paid for the old one, and money paid for one goes to it first', () => {
    const invoices = [invoiceOf(1, 1000), invoiceOf(2, 500)];
    const second: Money = { quote: quote(2, 500), agreedAt: now };
    expect(axis(second, { invoices, payments: [paid('a', 1000, 'inv_1')] })).toEqual(['unpaid', 0, 500, 0]);
    const { invoices: of } = standingOf(second, { ...empty, invoices, payments: [paid('a', 500, 'inv_2')] });
    expect([of['inv_1']?.state, of['inv_2']?.state]).toEqual(['open', 'paid']);
  });
  test('a reversed payment never was; money that all went back is refunded', () => {
    const refund = (by: Refund['by']): Refund => ({
      id: 'rfd_1',
      jobId: 'job_1',
      paymentId: 'a',
      amountMinor: 300,
      currency: 'USD',
      by,
      reason: 'x',
      state: 'settled',
      askedAt: now,
      askedBy: 'Ana',
    });
    const payments = [paid('a', 300)];
    expect(axis(agreed, { payments, refunds: [refund('reversal')] })[0]).toBe('unpaid');
    expect(axis(agreed, { payments, refunds: [refund('cash')] })[0]).toBe('refunded');
    expect(axis(agreed, { payments, refunds: [{ ...refund('provider'), state: 'failed' }] })[0]).toBe(
      'deposit',
    );
  });
});

test('what was returned by two ways at once is owed by the customer, and no invoice counts below nothing', () => {
  const back = { jobId: 'job_1', amountMinor: 1000, currency: 'USD', reason: 'x', state: 'settled' } as const;
  const refunds: Refund[] = (['cash', 'provider'] as const).map((by) => ({
    ...{ ...back, id: by, by, paymentId: 'a', askedAt: now, askedBy: 'Ana' },
  }));
  const invoices = [invoiceOf(1, 1000)];
  const books = { ...empty, invoices, payments: [paid('a', 1000, 'inv_1')], refunds };
  const standing = standingOf(agreed, { ...books, creditNotes: [{ invoiceId: 'inv_1', totalMinor: 1000 }] });
  expect(standing).toMatchObject({ owedMinor: 1000, refundedMinor: 2000, paidMinor: 0 });
  expect(standing.invoices['inv_1']).toMatchObject({ paidMinor: 0, owedMinor: 0, state: 'credited' });
});

/** The books as a shop fills them, by the rules' own functions. */
describe('a cancellation', () => {
  test('keeps what was decided, of money that comes afterwards nothing: it lies spare', () => {
    const payments = [paid('deposit', 300), paid('late', 700)];
    const books = { ...empty, payments };
    expect(settleCancellation(agreed, books, { amountMinor: 100, keptMinor: 200 }).keptMinor).toBe(200);
    expect(settleCancellation(agreed, books, { amountMinor: 300, keptMinor: 0 }).keptMinor).toBe(0);
    const billed = { ...books, invoices: [invoiceOf(1, 1000)] };
    const settled = settleCancellation(agreed, billed, { amountMinor: 300, keptMinor: 0 });
    expect(settled.credit?.amountMinor).toBe(1000);
  });
  test('keeps no more than is left when a part was returned before it was settled', () => {
    const books = { ...empty, payments: [paid('deposit', 300)] };
    expect(settleCancellation(agreed, books, { amountMinor: 300, keptMinor: 100 }).keptMinor).toBe(0);
  });
});

class Play {
  job: Money = agreed;
  invoices: Invoice[] = [];
  creditNotes: CreditNote[] = [];
  payments: Payment[] = [];
  refunds: Refund[] = [];
  mayBeOverdrawn = false;
  /** What a ledger kept by hand would say: every movement once. */
  ledgerMinor = 0;
  #count = 0;

  get standing(): Standing {
    return standingOf(this.job, this);
  }
  id(prefix: string): string {
    this.#count += 1;
    return `${prefix}_${this.#count}`;
  }
  issue(totalMinor: number): void {
    const version = this.invoices.length + 1;
    this.job = { ...this.job, quote: quote(version, totalMinor) };
    this.invoices = [...this.invoices, invoiceOf(version, totalMinor)];
    this.ledgerMinor += totalMinor;
  }
  pay(amountMinor: number, ofInvoice: boolean, online: boolean): void {
    const invoice = ofInvoice ? this.invoices.at(-1) : undefined;
    const id = this.id('pay');
    const target = {
      jobId: 'job_1',
      ...(invoice ? { invoiceId: invoice.id } : {}),
      currency: 'USD',
      openMinor: 1,
    };
    const row = online
      ? takePayment(
          target,
          undefined,
          { providerId: id, amountMinor, currency: 'USD', outcome: 'paid' },
          id,
          now,
        )
      : recordPayment(
          { id, target, amountMinor, method: 'cash', recordedBy: 'Ana', moreThanOwed: true },
          now,
        );
    if (!row || isRefusal(row)) return;
    this.payments = [...this.payments, row];
    this.ledgerMinor -= amountMinor;
  }
  refund(nth: number, amountMinor: number, answer: 'settled' | 'failed'): void {
    const payment = this.payments[nth % Math.max(1, this.payments.length)];
    if (!payment) return;
    const by = payment.method === 'online' ? 'provider' : 'cash';
    const wish = {
      id: this.id('rfd'),
      payment,
      refunds: this.refunds,
      amountMinor,
      by,
      reason: 'x',
      askedBy: 'A',
    };
    const row = askRefund({ ...wish, by: by }, now);
    if (isRefusal(row)) return;
    const told =
      answer === 'settled' ? { outcome: answer, providerId: 're_1' } : { outcome: answer, failure: 'x' };
    const ended = row.state === 'pending' ? (answerRefund(row, told, now) ?? row) : row;
    this.refunds = [...this.refunds, ended];
    if (ended.state !== 'failed') this.ledgerMinor += amountMinor;
  }
  /** The provider had refused, and the money went all the same. */
  goesAfterAll(nth: number): void {
    const failed = this.refunds.filter(({ state }) => state === 'failed');
    const before = failed[nth % Math.max(1, failed.length)];
    const after = before && answerRefund(before, { outcome: 'settled', providerId: 're_2' }, now);
    if (!after) return;
    this.refunds = this.refunds.map((each) => (each.id === after.id ? after : each));
    this.ledgerMinor += after.amountMinor;
    this.mayBeOverdrawn = true;
  }
  reverse(nth: number): void {
    const payment = this.payments[nth % Math.max(1, this.payments.length)];
    if (!payment) return;
    const row = reversePayment(
      { id: this.id('rfd'), payment, refunds: this.refunds, reason: 'x', askedBy: 'A' },
      now,
    );
    if (isRefusal(row)) return;
    this.refunds = [...this.refunds, row];
    this.ledgerMinor += payment.amountMinor;
  }
  credit(nth: number, amountMinor: number | undefined): void {
    const invoice = this.invoices[nth % Math.max(1, this.invoices.length)];
    if (!invoice) return;
    const earlier = this.creditNotes.filter(({ invoiceId }) => invoiceId === invoice.id);
    const serial = this.creditNotes.length + 1;
    const note = issueCreditNote(
      { id: this.id('crn'), serial, invoice, earlier, reason: 'x', amountMinor },
      now,
    );
    if (isRefusal(note)) return;
    this.creditNotes = [...this.creditNotes, note];
    this.ledgerMinor -= note.totalMinor;
  }
  cancel(percent: number): void {
    if (this.job.kept) return;
    const { paidMinor } = this.standing;
    const amountMinor = Math.floor((paidMinor * percent) / 100);
    const decided = { amountMinor, keptMinor: paidMinor - amountMinor };
    const { refunds, credit, keptMinor } = settleCancellation(this.job, this, decided);
    for (const { payment, amountMinor } of refunds)
      this.refund(this.payments.indexOf(payment), amountMinor, 'settled');
    if (credit) this.credit(this.invoices.indexOf(credit.invoice), credit.amountMinor);
    if (keptMinor > 0) this.job = { ...this.job, kept: { amountMinor: keptMinor, reason: 'x' } };
    this.ledgerMinor += keptMinor;
  }
}

const steps = fc.array(
  fc.tuple(
    fc.constantFrom(
      ...['issue', 'pay', 'pay', 'pay', 'refund', 'goesAfterAll', 'reverse', 'credit', 'creditAll', 'cancel'],
    ),
    fc.integer({ min: 1, max: 100_000 }),
    fc.nat({ max: 5 }),
  ),
  { maxLength: 30 },
);

test('no cent is lost: invoiced - credited + kept - received + refunded is what is owed, over any sequence', () =>
  fc.assert(
    fc.property(steps, (sequence) => {
      const play = new Play();
      for (const [step, amount, nth] of sequence) {
        if (step === 'issue' && play.invoices.length < 3) play.issue(amount);
        if (step === 'pay') play.pay(amount, nth % 2 === 0, nth % 3 === 0);
        if (step === 'refund') play.refund(nth, amount, nth === 0 ? 'failed' : 'settled');
        if (step === 'goesAfterAll') play.goesAfterAll(nth);
        if (step === 'reverse') play.reverse(nth);
        if (step === 'credit') play.credit(nth, amount);
        if (step === 'creditAll') play.credit(nth, undefined);
        if (step === 'cancel') play.cancel(nth * 20);
        const now = play.standing;
        const { invoicedMinor, creditedMinor, keptMinor, receivedMinor, refundedMinor } = now;
        expect(invoicedMinor - creditedMinor + keptMinor - receivedMinor + refundedMinor).toBe(
          play.ledgerMinor,
        );
        expect(now.owedMinor - now.spareMinor).toBe(play.ledgerMinor);
        for (const value of Object.values(now))
          if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(0);
        const ofInvoices = Object.values(now.invoices);
        for (const { owedMinor, paidMinor, creditedMinor: credited, state } of ofInvoices) {
          expect(Math.min(owedMinor, paidMinor, credited)).toBeGreaterThanOrEqual(0);
          expect(state === 'open').toBe(owedMinor > 0);
        }
        const paidMinor = ofInvoices.reduce((sum, each) => sum + each.paidMinor, 0);
        expect(
          paidMinor + now.spareMinor + Math.min(keptMinor, receivedMinor - refundedMinor - paidMinor),
        ).toBe(receivedMinor - refundedMinor);
        for (const payment of play.payments)
          if (!play.mayBeOverdrawn) expect(refundable(payment, play.refunds)).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 600, seed: 9 },
  ));

test('a canceled job owes nothing, whatever part of the money is returned', () =>
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.integer({ min: 0, max: 1500 }),
      fc.integer({ min: 0, max: 100 }),
      fc.boolean(),
      (invoiced, amount, percent, online) => {
        const play = new Play();
        if (invoiced) play.issue(1000);
        if (amount > 0) play.pay(amount, invoiced, online);
        const before = play.standing.paidMinor;
        const returnMinor = Math.floor((before * percent) / 100);
        play.cancel(percent);
        const after = play.standing;
        expect(after.owedMinor).toBe(0);
        // What the provider can not return lies ready at the shop.
        expect(after.refundedMinor + after.spareMinor).toBe(returnMinor);
        if (online) expect(after.spareMinor).toBe(0);
      },
    ),
    { numRuns: 300, seed: 4 },
  ));
