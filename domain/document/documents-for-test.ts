import type { CreditNote } from '../credit-note/credit-note.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts';
import type { Quote } from '../quote/quote.ts';
import type { Letterhead } from './letterhead.ts';
import type { PaperPart, TravelerInput } from './work-papers.ts';

export const letterhead: Letterhead = {
  shopName: 'Ana’s Print Farm',
  email: 'hello@ana.example',
  timeZone: 'Europe/Vienna',
  address: 'Werkstraße 7\n1040 Wien\nFN 123456 a',
  phone: '+43 1 555 0100',
  website: 'ana.example',
  taxNumber: 'ATU00000000',
  accentColor: '#1f4e79',
  locale: 'en-GB',
  quoteTerms: 'Prices hold for the scope above.',
  paymentTerms: 'Payable within 14 days.\nIBAN AT00 0000 0000 0000 0000',
};

export const job: TravelerInput['job'] = {
  number: 'K-000042',
  title: 'Bracket',
  customer: { customerId: 'cus_1', name: 'Cleo Customer', email: 'cleo@mail.example' },
  delivery: 'pickup',
  wantedBy: '2026-12-01',
  note: 'Please in black.',
  payment: 'unpaid',
  reworkCycle: 0,
  createdAt: '2026-11-01T09:00:00.000Z',
  updatedAt: '2026-11-05T22:30:00.000Z',
};

export const orderUrl = 'https://kerf.example/p/ana/job/job_1';
export const jobUrl = 'https://kerf.example/jobs/job_1';
export const details = { part_1: 'PLA · As printed', part_2: 'PETG · Sanded' };

export interface Amounts {
  currency?: string;
  /** Prices hold their tax. */
  inclusive?: boolean;
  parts?: number;
}

/** Two parts (or `parts`), a startup, 20 % tax. */
export function quote({ currency = 'EUR', inclusive = false, parts = 2 }: Amounts = {}): Quote {
  const line = (index: number) => ({
    partId: `part_${index}`,
    kind: 'part' as const,
    name: `bracket-${index}.stl`,
    quantity: index * 3,
    making: null,
    taxRateId: 'vat',
    unitMinor: 1234,
    totalMinor: 1234 * index * 3,
    costMinor: 100,
    estimate: null,
    components: [],
  });
  const lines = Array.from({ length: parts }, (_, index) => line(index + 1));
  const goods = lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0) + 250;
  const taxMinor = inclusive ? Math.round(goods / 6) : Math.round(goods / 5);
  return {
    jobId: 'job_1',
    version: 2,
    state: 'sent',
    price: {
      currency,
      lines,
      subtotalMinor: goods,
      adjustments: [
        { code: 'startup', label: 'Startup: PETG', amountMinor: 250, rule: 'once' },
        { code: 'tax', label: 'VAT 20 %', amountMinor: taxMinor, rule: '20 %' },
      ],
      taxMode: inclusive ? 'inclusive' : 'exclusive',
      taxes: [],
      leadDays: 5,
      orderMode: 'review',
      customerDetail: 'lines',
      taxMinor,
      totalMinor: inclusive ? goods : goods + taxMinor,
      reviewReasons: [],
      priceBookVersion: 1,
      engineVersion: '1',
    },
    basis: {
      priceBookVersion: 1,
      engineVersion: '1',
      fileHashes: {},
      inputs: { lines: [], pricedOn: '2026-11-03' },
    },
    message: 'As discussed.',
    sentAt: '2026-11-03T23:30:00.000Z',
    validUntil: '2026-12-03T23:30:00.000Z',
  };
}

export const versions = (): Quote[] => {
  const second = quote();
  const first: Quote = {
    ...second,
    version: 1,
    state: 'changes_requested',
    sentAt: '2026-11-02T10:00:00.000Z',
  };
  const third: Quote = { ...second, version: 3, sentAt: '2026-11-09T10:00:00.000Z' };
  return [third, second, first];
};

export const invoice = (): Invoice => ({
  id: 'inv_1',
  jobId: 'job_1',
  quoteVersion: 2,
  jobNumber: 'K-000042',
  number: 'INV-000007',
  customer: job.customer,
  currency: 'EUR',
  lines: [
    { label: 'bracket-1.stl', quantity: 3, unitMinor: 1234, totalMinor: 3702 },
    { label: 'Additional material for rework', quantity: 1, unitMinor: 410, totalMinor: 410 },
  ],
  subtotalMinor: 4112,
  taxMinor: 822,
  totalMinor: 4934,
  state: 'open',
  issuedAt: '2026-11-10T10:00:00.000Z',
});

export const creditNote = (): CreditNote => ({
  id: 'crn_1',
  invoiceId: 'inv_1',
  invoiceNumber: 'INV-000007',
  jobId: 'job_1',
  jobNumber: 'K-000042',
  number: 'CN-000001',
  customer: job.customer,
  currency: 'EUR',
  lines: [{ label: 'Part of invoice INV-000007', quantity: 1, unitMinor: 1000, totalMinor: 1000 }],
  subtotalMinor: 1000,
  taxMinor: 200,
  totalMinor: 1200,
  reason: 'One bracket was scratched.',
  issuedAt: '2026-11-12T10:00:00.000Z',
});

export const purchaseOrder = (): PurchaseOrder => ({
  id: 'po_1',
  jobId: 'job_1',
  jobNumber: 'K-000042',
  number: 'PO-000003',
  vendor: { name: 'Galvanik Gmunden', email: 'office@galvanik.example', address: 'Seeweg 1\n4810 Gmunden' },
  currency: 'EUR',
  lines: [{ label: 'Nickel plating, bracket-1.stl', quantity: 3, unitMinor: 450 }],
  totalMinor: 1350,
  neededBy: '2026-11-25',
  issuedAt: '2026-11-06T10:00:00.000Z',
});

export const paperParts: readonly PaperPart[] = [
  {
    name: 'bracket-1.stl',
    fileName: 'bracket-1.stl',
    material: 'PLA',
    finish: 'As printed',
    wanted: 3,
    good: 2,
    estimate: { seconds: 11_100, grams: 42.4 },
  },
  { name: 'Lid', fileName: 'lid-v3.stl', material: 'PETG', finish: 'Sanded', wanted: 6, good: 6 },
];
