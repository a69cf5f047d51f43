import { expect, test } from 'vitest';
import { isRefusal } from '#domain/refusal.ts';
import {
  creditNote,
  details,
  invoice,
  job,
  jobUrl,
  letterhead,
  orderUrl,
  paperParts,
  quote,
  versions,
} from '#domain/document/documents-for-test.ts';
import { creditNoteDocument, invoiceDocument } from '#domain/document/invoice-documents.ts';
import { quoteDocument } from '#domain/document/quote-document.ts';
import { travelerAudiences, travelerDocument } from '#domain/document/work-papers.ts';
import { printable } from './font-coverage.ts';
import { pageCount, textOf } from './pdf-for-test.ts';
import { renderPdf } from './render-pdf.ts';

const quoteModel = (parts = 2, message = 'As discussed.') => {
  const offer = { ...quote({ parts }), message };
  const model = quoteDocument({ letterhead, job, quote: offer, versions: versions(), details, orderUrl });
  if (isRefusal(model)) throw new Error(model.message);
  return model;
};

test('CO-61 CO-62 CO-63 every figure of the invoice, its adjustments and its tax are in the PDF', async () => {
  const text = textOf(await renderPdf([invoiceDocument({ letterhead, job, invoice: invoice(), orderUrl })]));
  for (const word of [
    'INV-000007',
    'K-000042',
    'bracket-1.stl',
    'Additional material for rework',
    'IBAN AT00',
  ])
    expect(text).toContain(word);
  for (const figure of ['€12.34', '€37.02', '€4.10', '€41.12', '€8.22', '€49.34'])
    expect(text).toContain(figure);
});

test('JX-1 a quote is one page with branding, scope, price, revisions, validity and a line to sign on', async () => {
  const pdf = await renderPdf([quoteModel()]);
  expect(pageCount(pdf)).toBe(1);
  const text = textOf(pdf);
  for (const word of [
    letterhead.shopName,
    'PETG · Sanded',
    '€136.27',
    'Revisions',
    'Changes requested',
    'valid for 30 days',
    'Signature',
  ])
    expect(text).toContain(word);
});

test('the same document has the same bytes, another instant has others', async () => {
  const model = creditNoteDocument({ letterhead, job, creditNote: creditNote() });
  const [once, again] = [await renderPdf([model]), await renderPdf([model])];
  expect(once.equals(again)).toBe(true);
  expect(once.equals(await renderPdf([{ ...model, instant: '2026-11-13T10:00:00.000Z' }]))).toBe(false);
});

test('40 parts break over pages: the head is repeated, pages are numbered, no line is lost', async () => {
  const pdf = await renderPdf([quoteModel(40)]);
  const pages = pageCount(pdf);
  expect(pages).toBeGreaterThan(1);
  const text = textOf(pdf);
  for (let part = 1; part <= 40; part += 1) expect(text).toContain(`bracket-${part}.stl`);
  for (let page = 1; page <= pages; page += 1) expect(text).toContain(`Page ${page} of ${pages}`);
  expect(text.match(/Each/g)?.length).toBeGreaterThan(1);
});

test('three copies are three documents on pages of their own in one file', async () => {
  const copies = travelerAudiences.map((audience) =>
    travelerDocument({
      letterhead,
      job,
      parts: paperParts,
      audience,
      jobUrl,
      orderUrl,
      statusLabels: { shop: 'Scheduled', customer: 'In queue' },
      checklist: ['Layer adhesion'],
    }),
  );
  const pdf = await renderPdf(copies);
  expect(pageCount(pdf)).toBe(3);
  for (const copy of ['Counter copy', 'Bench copy', 'Customer copy']) expect(textOf(pdf)).toContain(copy);
});

test('what the font lacks is a sign that the document explains; Greek and Cyrillic it has', async () => {
  const text = textOf(await renderPdf([quoteModel(1, 'Деталь Κομμάτι 部品 קובץ 🙂')]));
  expect(text).toContain('Деталь Κομμάτι �� ���� �');
  expect(text).toContain('stands for a character');
  expect(textOf(await renderPdf([quoteModel()]))).not.toContain('stands for a character');
});

test('a long word may break, a short one is left as it is', () => {
  expect(printable('a'.repeat(60)).text).toContain('\u200b');
  expect(printable('bracket-left-v2.stl').text).toBe('bracket-left-v2.stl');
});
