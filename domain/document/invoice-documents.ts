import type { CreditNote } from '../credit-note/credit-note.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { Job } from '../job/job.ts';
import type { Quote } from '../quote/quote.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { billOfOffer, billSections, type ScopeDetails } from './bill.ts';
import { fileNameOf, type DocumentModel, type LabelledValue, type Section } from './document.ts';
import { formatsOf } from './formats.ts';
import type { Letterhead } from './letterhead.ts';
import { recipientLines } from './recipient.ts';

const paymentTerms = ({ paymentTerms: text }: Letterhead): Section[] =>
  text === '' ? [] : [{ kind: 'text', heading: 'Payment', text }];

const taxFacts = ({ taxNumber }: Letterhead): LabelledValue[] =>
  taxNumber === '' ? [] : [{ label: 'Tax number', value: taxNumber }];

export interface ProFormaInput {
  letterhead: Letterhead;
  job: Pick<Job, 'number' | 'title' | 'customer'>;
  /** The approved version. */
  quote: Quote;
  details: ScopeDetails;
  orderUrl: string;
}

/** What the invoice will be, before there is one: no number of the invoices' series, and it says so. */
export function proFormaDocument(input: ProFormaInput): DocumentModel | Refusal {
  const { letterhead, job, quote, details, orderUrl } = input;
  const bill = billOfOffer(quote.price, details);
  if (!bill) return refuse('not_ready', 'This version has no price to print.');
  const formats = formatsOf(letterhead.locale, letterhead.timeZone);
  const instant = quote.answeredAt ?? quote.sentAt;
  const number = `${job.number}-${quote.version}`;
  return {
    kind: 'pro_forma',
    audience: 'customer',
    title: 'Pro forma invoice',
    number,
    fileName: fileNameOf('Pro-forma', number),
    language: letterhead.locale,
    instant,
    letterhead,
    facts: [
      { label: 'Job', value: `${job.number} ${job.title}` },
      { label: 'Date', value: formats.day(instant) },
      ...taxFacts(letterhead),
    ],
    to: { heading: 'For', lines: recipientLines(job.customer, job.customer.billTo) },
    sections: [
      ...billSections(bill, formats, 'Items'),
      { kind: 'text', text: 'This is not an invoice. The numbered invoice follows.' },
      ...paymentTerms(letterhead),
    ],
    qr: { payload: orderUrl, caption: 'Open online' },
  };
}

export interface InvoiceDocumentInput {
  letterhead: Letterhead;
  job: Pick<Job, 'title'>;
  invoice: Invoice;
  orderUrl: string;
}

/** The invoice as it was issued: whether it is paid since changes no paper (CO-61 to CO-63). */
export function invoiceDocument({ letterhead, job, invoice, orderUrl }: InvoiceDocumentInput): DocumentModel {
  const formats = formatsOf(letterhead.locale, letterhead.timeZone);
  const { number, jobNumber, issuedAt, customer } = invoice;
  return {
    kind: 'invoice',
    audience: 'customer',
    title: 'Invoice',
    number,
    fileName: fileNameOf('Invoice', number),
    language: letterhead.locale,
    instant: issuedAt,
    letterhead,
    facts: [
      { label: 'Invoice', value: number },
      { label: 'Date', value: formats.day(issuedAt) },
      { label: 'Job', value: `${jobNumber} ${job.title}` },
      ...taxFacts(letterhead),
    ],
    to: { heading: 'Bill to', lines: recipientLines(customer, customer.billTo) },
    sections: [
      ...billSections({ ...invoice, taxLabel: 'Tax' }, formats, 'Items', 'To pay'),
      ...paymentTerms(letterhead),
    ],
    qr: { payload: orderUrl, caption: 'Open and pay online' },
  };
}

export interface CreditNoteDocumentInput {
  letterhead: Letterhead;
  job: Pick<Job, 'title'>;
  creditNote: CreditNote;
}

/** The credit note as it was issued; amounts are what the customer gets back. */
export function creditNoteDocument({ letterhead, job, creditNote }: CreditNoteDocumentInput): DocumentModel {
  const formats = formatsOf(letterhead.locale, letterhead.timeZone);
  const { number, invoiceNumber, jobNumber, issuedAt, customer, reason } = creditNote;
  return {
    kind: 'credit_note',
    audience: 'customer',
    title: 'Credit note',
    number,
    fileName: fileNameOf('Credit-note', number),
    language: letterhead.locale,
    instant: issuedAt,
    letterhead,
    facts: [
      { label: 'Credit note', value: number },
      { label: 'Date', value: formats.day(issuedAt) },
      { label: 'For invoice', value: invoiceNumber },
      { label: 'Job', value: `${jobNumber} ${job.title}` },
      ...taxFacts(letterhead),
    ],
    to: { heading: 'To', lines: recipientLines(customer, customer.billTo) },
    sections: [
      ...billSections({ ...creditNote, taxLabel: 'Tax' }, formats, 'Credited', 'Credit'),
      { kind: 'text', heading: 'Reason', text: reason },
    ],
  };
}
