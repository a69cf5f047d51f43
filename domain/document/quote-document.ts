import type { Job } from '../job/job.ts';
import type { Quote } from '../quote/quote.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { billOfOffer, billSections, type ScopeDetails } from './bill.ts';
import { fileNameOf, type DocumentModel, type Section } from './document.ts';
import { formatsOf, type Formats } from './formats.ts';
import type { Letterhead } from './letterhead.ts';
import { recipientLines } from './recipient.ts';

export interface QuoteDocumentInput {
  letterhead: Letterhead;
  job: Pick<Job, 'number' | 'title' | 'customer' | 'delivery' | 'wantedBy'>;
  /** The version to print. */
  quote: Quote;
  /** All versions of the job; later ones than the printed are left out. */
  versions: readonly Quote[];
  details: ScopeDetails;
  /** Where the customer answers. */
  orderUrl: string;
}

const outcomes: Record<Quote['state'], string> = {
  draft: 'Draft',
  sent: 'Sent',
  approved: 'Approved',
  changes_requested: 'Changes requested',
  declined: 'Declined',
  expired: 'Expired',
  superseded: 'Replaced',
};

const dayMs = 86_400_000;

/** The offer on paper: scope, price box, revisions, terms, a line to sign on (JX-1). Refused while there is no price. */
export function quoteDocument(input: QuoteDocumentInput): DocumentModel | Refusal {
  const { letterhead, job, quote, details, orderUrl } = input;
  const bill = billOfOffer(quote.price, details);
  if (!bill) return refuse('not_ready', 'This version has no price to print.');
  const formats = formatsOf(letterhead.locale, letterhead.timeZone);
  const validDays = Math.round((Date.parse(quote.validUntil) - Date.parse(quote.sentAt)) / dayMs);
  const number = `${job.number}-${quote.version}`;
  const message: Section[] = quote.message ? [{ kind: 'text', heading: 'Message', text: quote.message }] : [];
  return {
    kind: 'quote',
    audience: 'customer',
    title: 'Quote',
    number,
    fileName: fileNameOf('Quote', number),
    language: letterhead.locale,
    instant: quote.sentAt,
    letterhead,
    facts: [
      { label: 'Job', value: `${job.number} ${job.title}` },
      { label: 'Version', value: formats.count(quote.version) },
      { label: 'Date', value: formats.day(quote.sentAt) },
      { label: 'Valid until', value: formats.day(quote.validUntil) },
      { label: 'Delivery', value: job.delivery === 'pickup' ? 'Picked up at the shop' : 'Shipped' },
      ...(job.wantedBy ? [{ label: 'Wanted by', value: formats.calendarDay(job.wantedBy) }] : []),
    ],
    to: { heading: 'For', lines: recipientLines(job.customer, job.customer.billTo) },
    sections: [
      ...message,
      ...billSections(bill, formats, 'Scope'),
      ...revisions(input, formats, bill.currency),
      {
        kind: 'text',
        heading: 'Terms',
        text: [
          `This offer is valid for ${validDays} days, until ${formats.day(quote.validUntil)}.`,
          quote.depositMinor
            ? `Before work begins ${formats.money(quote.depositMinor, bill.currency)} is to be paid; it counts for the invoice.`
            : '',
          letterhead.quoteTerms,
        ]
          .filter((each) => each !== '')
          .join('\n'),
      },
      {
        kind: 'signature',
        text: `I accept version ${quote.version} at ${formats.money(bill.totalMinor, bill.currency)}.`,
        fields: ['Name', 'Date', 'Signature'],
      },
    ],
    qr: { payload: orderUrl, caption: 'Open and approve online' },
  };
}

/** The list of versions up to the printed one; a first version needs none. */
function revisions({ quote, versions }: QuoteDocumentInput, formats: Formats, currency: string): Section[] {
  const earlier = versions
    .filter(({ version, state }) => version < quote.version && state !== 'draft')
    .sort((a, b) => a.version - b.version);
  if (earlier.length === 0) return [];
  const row = ({ version, sentAt, price }: Quote, outcome: string) => [
    { text: formats.count(version) },
    { text: formats.day(sentAt) },
    { text: outcome },
    { text: price.totalMinor === null ? '' : formats.money(price.totalMinor, currency) },
  ];
  return [
    {
      kind: 'table',
      heading: 'Revisions',
      columns: [
        { label: 'Version', align: 'left', width: 'fit' },
        { label: 'Sent', align: 'left', width: 'fit' },
        { label: 'Outcome', align: 'left', width: 'rest' },
        { label: 'Total', align: 'right', width: 'fit' },
      ],
      rows: [...earlier.map((each) => row(each, outcomes[each.state])), row(quote, 'This offer')],
    },
  ];
}
