import { roles, type Role } from '../actor.ts';
import type { CreditNote } from '../credit-note/credit-note.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { Job } from '../job/job.ts';
import type { Quote } from '../quote/quote.ts';
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts';
import { travelerAudiences, type TravelerAudience } from './work-papers.ts';
import type { DocumentKind } from './document.ts';

/** Who asks for paper: a member of the shop, or the customer of the job (signed in or by link). */
export type Reader = { kind: 'staff'; role: Role } | { kind: 'customer' };

/** One paper that a job has now. */
export type JobPaper =
  | { kind: 'quote'; version: number }
  | { kind: 'pro_forma'; version: number }
  | { kind: 'invoice'; id: string }
  | { kind: 'credit_note'; id: string }
  | { kind: 'purchase_order'; id: string }
  | { kind: 'packing_slip' }
  /** `all`: the three copies in one file, to be printed at once. */
  | { kind: 'traveler'; copy: TravelerAudience | 'all' };

/** Papers that say what was agreed or is owed: set once, kept for ever. */
export const issuedKinds: readonly DocumentKind[] = ['quote', 'invoice', 'credit_note', 'purchase_order'];

/** Names a paper of a job in addresses, e.g. `quote-2`, `invoice-inv_01j...`, `traveler-bench`. */
export function keyOfPaper(paper: JobPaper): string {
  switch (paper.kind) {
    case 'quote':
    case 'pro_forma':
      return `${paper.kind}-${paper.version}`;
    case 'invoice':
    case 'credit_note':
    case 'purchase_order':
      return `${paper.kind}-${paper.id}`;
    case 'packing_slip':
      return paper.kind;
    case 'traveler':
      return `${paper.kind}-${paper.copy}`;
  }
}

const money: readonly Role[] = ['owner', 'admin', 'sales', 'accountant'];
const counter: readonly Role[] = ['owner', 'admin', 'sales'];
const floor: readonly Role[] = ['owner', 'admin', 'sales', 'operator'];

const readers = (paper: JobPaper): { of: readonly Role[]; customer: boolean } => {
  switch (paper.kind) {
    case 'quote':
    case 'pro_forma':
    case 'invoice':
    case 'credit_note':
      return { of: money, customer: true };
    case 'purchase_order':
      return { of: money, customer: false };
    case 'packing_slip':
      return { of: roles, customer: true };
    case 'traveler':
      return { of: paper.copy === 'bench' ? floor : counter, customer: paper.copy === 'customer' };
  }
};

/** Prices go to those who deal with money and to the customer; the shop's own papers stay inside. */
export function mayRead(reader: Reader, paper: JobPaper): boolean {
  const { of, customer } = readers(paper);
  return reader.kind === 'staff' ? of.includes(reader.role) : customer;
}

export interface PaperSources {
  job: Pick<Job, 'status'>;
  quotes: readonly Pick<Quote, 'version' | 'state'>[];
  invoices: readonly Pick<Invoice, 'id'>[];
  creditNotes: readonly Pick<CreditNote, 'id'>[];
  purchaseOrders: readonly Pick<PurchaseOrder, 'id'>[];
}

/** Every paper there is of a job, for whomever: a draft has none yet. */
export function papersOf({ job, quotes, invoices, creditNotes, purchaseOrders }: PaperSources): JobPaper[] {
  if (job.status === 'draft') return [];
  const approved = quotes.filter(({ state }) => state === 'approved').at(-1);
  return [
    ...quotes
      .filter(({ state }) => state !== 'draft')
      .map(({ version }) => ({ kind: 'quote', version }) as const),
    ...(approved ? [{ kind: 'pro_forma', version: approved.version } as const] : []),
    ...invoices.map(({ id }) => ({ kind: 'invoice', id }) as const),
    ...creditNotes.map(({ id }) => ({ kind: 'credit_note', id }) as const),
    ...purchaseOrders.map(({ id }) => ({ kind: 'purchase_order', id }) as const),
    { kind: 'packing_slip' },
    ...(['all', ...travelerAudiences] as const).map((copy) => ({ kind: 'traveler', copy }) as const),
  ];
}
