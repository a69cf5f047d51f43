import { describe, expect, test } from 'vitest';
import { roles } from '../actor.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { billOfOffer } from './bill.ts';
import { keyOfPaper, mayRead, papersOf, type JobPaper } from './copies.ts';
import type { DocumentModel, Section } from './document.ts';
import {
  creditNote,
  details,
  invoice,
  job,
  jobUrl,
  letterhead,
  orderUrl,
  paperParts,
  purchaseOrder,
  quote,
  versions,
} from './documents-for-test.ts';
import { decimalOf, formatsOf, isDocumentLocale } from './formats.ts';
import { creditNoteDocument, invoiceDocument, proFormaDocument } from './invoice-documents.ts';
import { purchaseOrderDocument } from './purchase-order-document.ts';
import { quoteDocument } from './quote-document.ts';
import {
  packingSlipDocument,
  travelerAudiences,
  travelerDocument,
  type TravelerAudience,
} from './work-papers.ts';

const must = (model: DocumentModel | Refusal): DocumentModel => {
  if (isRefusal(model)) throw new Error(model.message);
  return model;
};

/** The document as a person reads it. */
function plain({ title, number, instant, facts, to, sections, qr }: DocumentModel): string {
  return [
    `${title} ${number}  (${instant})`,
    ...(to ? [`${to.heading}: ${to.lines.join(' | ')}`] : []),
    ...facts.map(({ label, value }) => `${label}: ${value}`),
    ...sections.flatMap((section) => ['', ...linesOf(section)]),
    ...(qr ? ['', `QR ${qr.payload} (${qr.caption})`] : []),
    '',
  ].join('\n');
}

function linesOf(section: Section): string[] {
  switch (section.kind) {
    case 'text':
      return [...(section.heading ? [`# ${section.heading}`] : []), section.text];
    case 'table':
      return [
        `# ${section.heading ?? ''}`,
        section.columns.map(({ label, align }) => (align === 'right' ? `>${label}` : label)).join(' | '),
        ...section.rows.map((row) =>
          row.map(({ text, note }) => (note ? `${text} [${note}]` : text)).join(' | '),
        ),
      ];
    case 'totals':
      return section.rows.map(({ label, value, strong }) => `${strong ? '= ' : '  '}${label}: ${value}`);
    case 'checklist':
      return [`# ${section.heading}`, ...section.items.map((item) => `[ ] ${item}`)];
    case 'signature':
      return [section.text, ...section.fields.map((field) => `____ ${field}`)];
  }
}

const golden = (name: string, model: DocumentModel) =>
  expect(plain(model)).toMatchFileSnapshot(`golden/${name}.txt`);

const traveler = (audience: TravelerAudience, parts = paperParts) =>
  travelerDocument({
    letterhead,
    job,
    parts,
    audience,
    jobUrl,
    orderUrl,
    bill: billOfOffer(quote().price, details),
    statusLabels: { shop: 'Scheduled', customer: 'In queue' },
    checklist: ['Right file revision', 'Layer adhesion'],
  });

describe('what is on each document', () => {
  test('quote: scope, price box, revisions up to this one, validity, a line to sign on', () =>
    golden(
      'quote',
      must(quoteDocument({ letterhead, job, quote: quote(), versions: versions(), details, orderUrl })),
    ));
  test('pro forma of prices that hold their tax: it is named inside the total', () =>
    golden(
      'pro-forma',
      must(proFormaDocument({ letterhead, job, quote: quote({ inclusive: true }), details, orderUrl })),
    ));
  test('invoice with an adjustment of production', () =>
    golden('invoice', invoiceDocument({ letterhead, job, invoice: invoice(), orderUrl })));
  test('credit note', () =>
    golden('credit-note', creditNoteDocument({ letterhead, job, creditNote: creditNote() })));
  test('purchase order', () => golden('purchase-order', purchaseOrderDocument(letterhead, purchaseOrder())));
  test('packing slip', () =>
    golden('packing-slip', packingSlipDocument({ letterhead, job, parts: paperParts, orderUrl })));
  test.each(travelerAudiences)('work order, %s copy', (audience) =>
    golden(`traveler-${audience}`, traveler(audience)),
  );
});

test('a payment changes no paper: the invoice reads as it was issued', () => {
  const open = invoice();
  const paid = { ...open, state: 'paid' as const, paidAt: '2026-11-11T10:00:00.000Z' };
  expect(invoiceDocument({ letterhead, job, invoice: paid, orderUrl })).toEqual(
    invoiceDocument({ letterhead, job, invoice: open, orderUrl }),
  );
});

test('a version without a price is refused, with the reason', () => {
  const unpriced = quote();
  unpriced.price.totalMinor = null;
  expect(quoteDocument({ letterhead, job, quote: unpriced, versions: [], details, orderUrl })).toMatchObject({
    refused: 'not_ready',
  });
});

test('JT-17 the bench copy has no price and no address, the customer copy nothing of the back office', () => {
  const bench = plain(traveler('bench'));
  expect(bench).not.toMatch(/€|cleo@mail|Total/);
  const customer = plain(traveler('customer'));
  expect(customer).not.toContain(jobUrl);
  expect(customer).not.toMatch(/Scheduled|Payment|Rework/);
  expect(plain(traveler('counter'))).toMatch(/cleo@mail[\s\S]*Total \(EUR\): €136\.27/);
});

test('the bench copy says how a turned part is to lie, the customer copy does not', () => {
  const lies = 'turned by 180° about x: lies on its largest flat side, saves 38 min';
  const parts = paperParts.map((part) => ({ ...part, lies }));
  expect(plain(traveler('bench', parts))).toContain(`Lid [lid-v3.stl · ${lies}]`);
  expect(plain(traveler('customer', parts))).not.toContain('turned');
});

describe('figures', () => {
  test('money follows the currency: no decimals in yen, three in dinar, and amounts beyond 2^53 / 100 stay exact', () => {
    const formats = formatsOf('en-US', 'UTC');
    const money = (minor: number, currency: string) => formats.money(minor, currency);
    expect(money(123456, 'JPY')).toBe('¥123,456');
    expect(money(123456, 'KWD')).toBe('KWD\u00a0123.456');
    expect(money(-5, 'USD')).toBe('-$0.05');
    expect(money(Number.MAX_SAFE_INTEGER, 'USD')).toBe('$90,071,992,547,409.91');
    expect(decimalOf(5, 2)).toBe('0.05');
  });
  test('a currency whose sign is of another script is written by its code, digits are Western', () => {
    expect(formatsOf('en-JP', 'UTC').money(5, 'JPY')).toMatch(/^(JP)?¥5$/);
    expect(formatsOf('ja-JP', 'UTC').money(5, 'JPY')).toContain('JPY');
    expect(formatsOf('ar-EG', 'UTC').money(512, 'EGP')).toMatch(/5[.٫]12/);
  });
  test("days are those of the shop's zone", () => {
    expect(formatsOf('en-GB', 'Europe/Vienna').day('2026-11-03T23:30:00.000Z')).toBe('4 Nov 2026');
    expect(formatsOf('en-US', 'America/New_York').day('2026-11-03T01:00:00.000Z')).toBe('Nov 2, 2026');
  });
  test('a locale is taken when its script is in the font', () => {
    expect(['en-US', 'de', 'el-GR', 'uk', 'vi'].filter(isDocumentLocale)).toHaveLength(5);
    expect(['ja-JP', 'ar', 'he-IL', 'not a locale', ''].filter(isDocumentLocale)).toEqual([]);
  });
});

describe('who may read what', () => {
  const papers: JobPaper[] = papersOf({
    job: { status: 'completed' },
    quotes: [
      { version: 1, state: 'superseded' },
      { version: 2, state: 'approved' },
      { version: 3, state: 'draft' },
    ],
    invoices: [{ id: 'inv_1' }],
    creditNotes: [{ id: 'crn_1' }],
    purchaseOrders: [{ id: 'po_1' }],
  });
  const readable = (reader: Parameters<typeof mayRead>[0]) =>
    papers.filter((paper) => mayRead(reader, paper)).map(keyOfPaper);

  test('the customer: offers sent, pro forma, invoice, credit note, packing slip, their copy of the work order', () =>
    expect(readable({ kind: 'customer' })).toEqual([
      'quote-1',
      'quote-2',
      'pro_forma-2',
      'invoice-inv_1',
      'credit_note-crn_1',
      'packing_slip',
      'traveler-customer',
    ]));
  test('the operator: nothing with a price', () =>
    expect(readable({ kind: 'staff', role: 'operator' })).toEqual(['packing_slip', 'traveler-bench']));
  test('owner, admin and sales read everything, the accountant what is about money', () => {
    for (const role of roles.slice(0, 3))
      expect(readable({ kind: 'staff', role })).toHaveLength(papers.length);
    expect(readable({ kind: 'staff', role: 'accountant' })).not.toContain('traveler-counter');
  });
  test('a draft has no papers', () =>
    expect(
      papersOf({ job: { status: 'draft' }, quotes: [], invoices: [], creditNotes: [], purchaseOrders: [] }),
    ).toEqual([]));
});
