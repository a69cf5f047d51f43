import type { Job } from '../job/job.ts';
import { billSections, type Bill } from './bill.ts';
import { fileNameOf, type Audience, type Column, type DocumentModel, type Section } from './document.ts';
import { formatsOf, type Formats } from './formats.ts';
import type { Letterhead } from './letterhead.ts';
import { recipientLines } from './recipient.ts';

/** A part with the names of what it is made of. */
export interface PaperPart {
  name: string;
  wanted: number;
  /** Pieces that exist and are not scrapped. */
  good: number;
  material: string;
  finish: string;
  fileName: string;
  /** Of all its pieces together, as estimated. */
  estimate?: { seconds: number; grams: number };
  /** How a filament print lies, when it was turned for the estimate. */
  lies?: string;
}

type PaperJob = Pick<
  Job,
  | 'number'
  | 'title'
  | 'customer'
  | 'delivery'
  | 'wantedBy'
  | 'note'
  | 'payment'
  | 'reworkCycle'
  | 'createdAt'
  | 'updatedAt'
>;

export interface WorkPaperInput {
  letterhead: Letterhead;
  job: PaperJob;
  parts: readonly PaperPart[];
}

const left = (label: string, width: Column['width'] = 'fit'): Column => ({ label, align: 'left', width });
const right = (label: string): Column => ({ label, align: 'right', width: 'fit' });

const delivered = ({ delivery }: PaperJob): string =>
  delivery === 'pickup' ? 'Picked up at the shop' : 'Shipped';

/** What is in the parcel: pieces and no prices. */
export function packingSlipDocument(input: WorkPaperInput & { orderUrl: string }): DocumentModel {
  const { letterhead, job, parts, orderUrl } = input;
  const formats = formatsOf(letterhead.locale, letterhead.timeZone);
  return {
    kind: 'packing_slip',
    audience: 'customer',
    title: 'Packing slip',
    number: job.number,
    fileName: fileNameOf('Packing-slip', job.number),
    language: letterhead.locale,
    instant: job.updatedAt,
    letterhead,
    facts: [
      { label: 'Job', value: `${job.number} ${job.title}` },
      { label: 'Printed', value: formats.day(job.updatedAt) },
      { label: 'Delivery', value: delivered(job) },
    ],
    to: {
      heading: 'For',
      lines: recipientLines(job.customer, job.delivery === 'shipping' ? job.customer.shipTo : undefined),
    },
    sections: [
      {
        kind: 'table',
        heading: 'Contents',
        columns: [left('Item', 'rest'), left('Material'), right('Ordered'), right('Packed')],
        rows: parts.map((part) => [
          { text: part.name, note: part.finish },
          { text: part.material },
          { text: formats.count(part.wanted) },
          { text: formats.count(Math.min(part.wanted, part.good)) },
        ]),
      },
      { kind: 'signature', text: 'Checked and packed', fields: ['By', 'Date', 'Parcels'] },
    ],
    qr: { payload: orderUrl, caption: 'Open the order' },
  };
}

export const travelerAudiences = ['counter', 'bench', 'customer'] as const satisfies readonly Audience[];
export type TravelerAudience = (typeof travelerAudiences)[number];

export interface TravelerInput extends WorkPaperInput {
  audience: TravelerAudience;
  /** The job in the back office: for counter and bench. */
  jobUrl: string;
  /** The order in the portal: for the customer. */
  orderUrl: string;
  /** What was agreed, or offered so far; none before the first offer. */
  bill?: Bill | undefined;
  /** What the shop calls the status, or what the customer does. */
  statusLabels: { shop: string; customer: string };
  checklist: readonly string[];
}

const copyNames: Record<TravelerAudience, string> = {
  counter: 'Counter copy',
  bench: 'Bench copy',
  customer: 'Customer copy',
};

/** The paper that goes with a job, one copy per audience (JT-17): the bench sees no prices and no address, the customer nothing of the shop's own. */
export function travelerDocument(input: TravelerInput): DocumentModel {
  const { letterhead, job, audience, jobUrl, orderUrl, statusLabels } = input;
  const formats = formatsOf(letterhead.locale, letterhead.timeZone);
  const copy = copyNames[audience];
  const forCustomer = audience === 'customer';
  const { customer } = job;
  return {
    kind: 'traveler',
    audience,
    title: 'Work order',
    number: `${job.number} · ${copy}`,
    fileName: fileNameOf('Work-order', job.number, copy),
    language: letterhead.locale,
    instant: job.updatedAt,
    letterhead,
    facts: [
      { label: 'Job', value: `${job.number} ${job.title}` },
      { label: 'Opened', value: formats.day(job.createdAt) },
      { label: 'As of', value: formats.moment(job.updatedAt) },
      { label: 'Status', value: forCustomer ? statusLabels.customer : statusLabels.shop },
      ...(job.wantedBy ? [{ label: 'Wanted by', value: formats.calendarDay(job.wantedBy) }] : []),
      { label: 'Delivery', value: delivered(job) },
      ...(audience === 'counter'
        ? [{ label: 'Payment', value: job.payment === 'paid' ? 'Paid' : 'Not paid' }]
        : []),
      ...(!forCustomer && job.reworkCycle > 0
        ? [{ label: 'Rework', value: `Cycle ${formats.count(job.reworkCycle)}` }]
        : []),
    ],
    to: {
      heading: 'Customer',
      lines: audience === 'bench' ? [customer.name] : [customer.name, customer.email],
    },
    sections: sectionsOf(input, formats),
    qr: forCustomer
      ? { payload: orderUrl, caption: 'Follow your order' }
      : { payload: jobUrl, caption: 'Open the job' },
  };
}

function sectionsOf(input: TravelerInput, formats: Formats): Section[] {
  const { audience, job, bill, checklist } = input;
  const note: Section[] = job.note ? [{ kind: 'text', heading: 'Note', text: job.note }] : [];
  const prices = bill ? billSections(bill, formats, 'Price') : [];
  switch (audience) {
    case 'bench':
      return [
        makingTable(input, formats),
        ...note,
        { kind: 'checklist', heading: 'Quality check', items: checklist },
        { kind: 'signature', text: 'Made and checked', fields: ['By', 'Date', 'Machine'] },
      ];
    case 'counter':
      return [
        piecesTable(input, formats),
        ...prices,
        ...note,
        { kind: 'signature', text: 'Handed over', fields: ['Name', 'Date', 'Signature'] },
      ];
    case 'customer':
      return [
        piecesTable(input, formats),
        ...prices,
        ...note,
        { kind: 'signature', text: 'Received in good order', fields: ['Name', 'Date', 'Signature'] },
      ];
  }
}

const piecesTable = ({ parts }: TravelerInput, formats: Formats): Section => ({
  kind: 'table',
  heading: 'Parts',
  columns: [left('Part', 'rest'), left('Material'), left('Finish'), right('Pieces')],
  rows: parts.map((part) => [
    { text: part.name },
    { text: part.material },
    { text: part.finish },
    { text: formats.count(part.wanted) },
  ]),
});

/** The file, and how the part is to lie in the machine. */
function noteOf({ name, fileName, lies }: PaperPart): { note?: string } {
  const notes = [...(fileName === name ? [] : [fileName]), ...(lies === undefined ? [] : [lies])];
  return notes.length > 0 ? { note: notes.join(' · ') } : {};
}

const makingTable = ({ parts }: TravelerInput, formats: Formats): Section => ({
  kind: 'table',
  heading: 'To make',
  columns: [
    left('Part', 'rest'),
    left('Material'),
    left('Finish'),
    right('Pieces'),
    right('Good'),
    right('Time'),
  ],
  rows: parts.map((part) => [
    { text: part.name, ...noteOf(part) },
    {
      text: part.material,
      ...(part.estimate ? { note: `${formats.count(Math.round(part.estimate.grams))}\u00a0g` } : {}),
    },
    { text: part.finish },
    { text: formats.count(part.wanted) },
    { text: formats.count(part.good) },
    { text: part.estimate ? formats.duration(part.estimate.seconds) : '' },
  ]),
});
