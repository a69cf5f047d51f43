import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Quote } from '../quote/quote.ts';
import type { PriceBook } from '../price/price-book.ts';
import type { OrderLineInput, PriceOrderInput } from '../price/order-input.ts';
import { priceOrder } from '../price/price-order.ts';
import { seedPriceBook } from '../price/seed-books.ts';
import { isRefusal } from '../refusal.ts';
import { billedQuote, issueInvoice, type Invoice } from './invoice.ts';

const now = '2026-05-04T10:00:00.000Z';
const job = {
  id: 'job_1',
  number: 'K-000007',
  customer: { customerId: 'cus_1', name: 'Cleo', email: 'cleo@mail.example' },
};

/** A 20 mm cube as the geometry check reports it. */
const cube: OrderLineInput['geometry'] = {
  verdict: 'fine',
  problems: [],
  volumeMm3: 8000,
  areaMm2: 2400,
  boundingBoxMm: { min: [0, 0, 0], max: [20, 20, 20], size: [20, 20, 20] },
};

function quoteOf(book: PriceBook, quantities: number[]): Quote {
  const inputs: Omit<PriceOrderInput, 'priceBook'> = {
    pricedOn: '2026-05-04',
    lines: quantities.map((quantity, index) => ({
      partId: `part_${index}`,
      name: `cube ${index}`,
      geometry: cube,
      materialId: 'abs',
      finishId: 'sanded',
      quantity,
      making: { process: 'fdm', machineSeconds: 1683, grams: 3.07 },
      estimate: null,
    })),
  };
  const price = priceOrder({ ...inputs, priceBook: book });
  if ('refused' in price) throw new Error(price.refused.message);
  return {
    jobId: job.id,
    version: 1,
    state: 'approved',
    price,
    basis: { priceBookVersion: 1, engineVersion: '2', fileHashes: {}, inputs },
    sentAt: now,
    validUntil: now,
  };
}

function invoiceOf(quote: Quote): Invoice {
  const invoice = issueInvoice({ id: 'inv_1', serial: 42, job, quote }, now);
  if (isRefusal(invoice)) throw new Error(invoice.message);
  return invoice;
}

test('an invoice adds up to the approved total to the last unit, whatever tax and minimum', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(0, 7, 8.875, 19, 25),
      fc.constantFrom(0, 1500, 1_000_000),
      (quantities, taxPercent, orderMinimumMinor) => {
        const quote = quoteOf(
          { ...seedPriceBook('USD', 'print_farm', '2026-05-04'), taxPercent, orderMinimumMinor },
          quantities,
        );
        const invoice = invoiceOf(quote);
        const lines = invoice.lines.reduce((sum, line) => sum + line.totalMinor, 0);
        expect(invoice.totalMinor).toBe(quote.price.totalMinor);
        expect(invoice.subtotalMinor + invoice.taxMinor).toBe(invoice.totalMinor);
        expect(lines).toBe(invoice.subtotalMinor);
        expect(invoice.lines.every((line) => Number.isSafeInteger(line.totalMinor))).toBe(true);
      },
    ),
    { numRuns: 150, seed: 11 },
  );
});

test('the number is the shop’s own running number and the customer is the job’s snapshot', () =>
  expect(invoiceOf(quoteOf(seedPriceBook('USD', 'print_farm', '2026-05-04'), [3]))).toMatchObject({
    number: 'INV-000042',
    jobNumber: 'K-000007',
    customer: job.customer,
    state: 'open',
    issuedAt: now,
  }));

test('a quote without a price is never invoiced', () => {
  const quote = quoteOf(seedPriceBook('USD', 'print_farm', '2026-05-04'), [3]);
  for (const gap of [{ totalMinor: null }, { taxMinor: null }])
    expect(
      issueInvoice(
        { id: 'inv_1', serial: 1, job, quote: { ...quote, price: { ...quote.price, ...gap } } },
        now,
      ),
    ).toMatchObject({ refused: 'not_ready' });
});

test('a hand-over bills the newest version approved by then, whatever was offered or approved since', () => {
  const version = (number: number, state: Quote['state'], answeredAt?: string): Quote => ({
    ...quoteOf(seedPriceBook('USD', 'print_farm', '2026-05-04'), [1]),
    version: number,
    state,
    ...(answeredAt ? { answeredAt } : {}),
  });
  const quotes = [
    version(1, 'declined', '2026-05-01T10:00:00.000Z'),
    version(2, 'approved', '2026-05-02T10:00:00.000Z'),
    version(3, 'approved', '2026-05-09T10:00:00.000Z'),
    version(4, 'sent'),
  ];
  const billed = (at: string) => billedQuote(quotes, at)?.version;
  expect(billed('2026-05-01T12:00:00.000Z')).toBeUndefined();
  expect(billed('2026-05-03T10:00:00.000Z')).toBe(2);
  expect(billed('2026-05-09T10:00:00.000Z')).toBe(3);
});
