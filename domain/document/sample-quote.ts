import type { Quote } from '../quote/quote.ts';
import type { Refusal } from '../refusal.ts';
import type { DocumentModel } from './document.ts';
import type { Letterhead } from './letterhead.ts';
import { quoteDocument } from './quote-document.ts';

const validDays = 14;
const dayMs = 86_400_000;

const lines = [
  { partId: 'bracket', name: 'Bracket', quantity: 4, unitMinor: 1250 },
  { partId: 'lid', name: 'Lid', quantity: 4, unitMinor: 880 },
].map((line) => ({
  ...line,
  kind: 'part' as const,
  making: null,
  taxRateId: 'standard',
  totalMinor: line.unitMinor * line.quantity,
  costMinor: 0,
  estimate: null,
  components: [],
}));
const totalMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0);

/** A made-up quote, without tax, to see what a letterhead looks like on paper. */
export function sampleQuote(
  letterhead: Letterhead,
  currency: string,
  orderUrl: string,
  now: string,
): DocumentModel | Refusal {
  const quote: Quote = {
    jobId: 'sample',
    version: 1,
    state: 'sent',
    price: {
      currency,
      lines,
      subtotalMinor: totalMinor,
      adjustments: [],
      taxMode: 'exclusive',
      taxes: [],
      taxMinor: 0,
      totalMinor,
      leadDays: 5,
      orderMode: 'review',
      customerDetail: 'lines',
      reviewReasons: [],
      priceBookVersion: 1,
      engineVersion: '1',
    },
    basis: {
      priceBookVersion: 1,
      engineVersion: '1',
      fileHashes: {},
      inputs: { lines: [], pricedOn: now.slice(0, 10) },
    },
    message: 'Thank you for your request. This is a sample: nobody has been sent anything.',
    sentAt: now,
    validUntil: new Date(Date.parse(now) + validDays * dayMs).toISOString(),
  };
  return quoteDocument({
    letterhead,
    job: {
      number: 'K-000000',
      title: 'Sample',
      customer: { customerId: 'sample', name: 'Cleo Customer', email: 'cleo@mail.example' },
      delivery: 'pickup',
    },
    quote,
    versions: [quote],
    details: { bracket: 'PLA · As printed', lid: 'PETG · Sanded' },
    orderUrl,
  });
}
