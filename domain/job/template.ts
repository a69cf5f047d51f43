import type { Party } from '../actor.ts';
import type { CancelRule, DepositRule } from '../payment/deposit.ts';
import type { JobCommandName } from './commands.ts';
import { isLive, type Job, type Status, type TemplateName } from './job.ts';

export const owners = ['customer', 'shop', 'salesperson', 'operator', 'vendor', 'carrier', 'nobody'] as const;
/** Who has to do something while a job stands in a status. */
export type Owner = (typeof owners)[number];
export type Audience = 'shop' | 'customer';

/** What one status is to a job type. */
export interface StatusPlan {
  /** What the shop calls it. */
  shop: string;
  /** What the customer calls it. */
  customer: string;
  owner: Owner;
  /** Hours after which a stay in it is flagged; none: never. */
  slaHours?: number;
}

/** One legal way out of a status. Several targets: the command's rule chooses. */
export interface Arrow {
  command: JobCommandName;
  by: readonly Party[];
  to: readonly Status[];
}

/** Which statuses a job type uses, what two audiences call them, the arrows between them, and its terms. */
export interface WorkflowTemplate {
  name: TemplateName;
  title: string;
  /** Where a new job stands. */
  bornIn: Status;
  /** Where the shop works on its offer: reopened jobs come back here. */
  quotingStatus: Status;
  /** Entering it issues the numbered invoice. */
  invoicedOn: Status;
  /** The usual way of a job, for people to see what is ahead. */
  road: readonly Status[];
  statuses: Partial<Record<Status, StatusPlan>>;
  arrows: Partial<Record<Status, readonly Arrow[]>>;
  /** Statuses a shop may switch off, and where their arrows lead then; without another end the arrow goes, too. */
  optional: Partial<Record<Status, Status | 'gone'>>;
  /** Where the customer may still cancel. */
  customerMayCancel: readonly Status[];
  /** A job is made of files; without one there is nothing to quote. */
  needsParts: boolean;
  /** A salesperson and a promised date belong to every job. */
  needsPromise: boolean;
  /** A check is passed only on a filled inspection. */
  needsInspection: boolean;
  /** Who takes it home signs for it. */
  needsSignature: boolean;
  /** From hold into any status, whatever its conditions. */
  resumesAnywhere: boolean;
  /** What is due before production. */
  deposit: DepositRule;
  /** What becomes of money taken for an order that its customer cancels. */
  onCancel: CancelRule;
  /** Whole percent of the agreed total up to which work may cost more without the customer's word. */
  adjustmentLimitPercent: number;
  /** Days from the agreement to the payment of a purchase order. */
  netDays: number;
}

export const arrow = (command: JobCommandName, by: Party | Party[], ...to: Status[]): Arrow => ({
  command,
  by: typeof by === 'string' ? [by] : by,
  to,
});

/** The statuses beside the way that every template has. */
export const asideStatuses = {
  on_hold: { shop: 'On hold', customer: 'On hold', owner: 'shop' },
  canceled_by_customer: { shop: 'Canceled by customer', customer: 'Canceled', owner: 'nobody' },
  canceled_by_shop: { shop: 'Canceled by shop', customer: 'Canceled', owner: 'nobody' },
} satisfies Partial<Record<Status, StatusPlan>>;

/** What an audience calls a status. A status the template does not use is told by its code. */
export const labelOf = (template: WorkflowTemplate, status: Status, audience: Audience): string =>
  template.statuses[status]?.[audience] ?? status;

export const statusesOf = (template: WorkflowTemplate): Status[] =>
  Object.keys(template.statuses) as Status[];

/** Commands whose arrows the shop does not take by a plain change: they end or restart a job, or only record something. */
const notByChange: readonly JobCommandName[] = [
  'reopen',
  'redo',
  'decline_quote',
  'record_run',
  'due',
  'paid',
];

/** All arrows out of a job's status: the template's own and those of every template. */
export function arrowsFrom(
  template: WorkflowTemplate,
  job: Pick<Job, 'status' | 'payment' | 'heldFrom' | 'dueFrom'>,
): readonly Arrow[] {
  const { status, heldFrom, dueFrom } = job;
  const own = (template.arrows[status] ?? []).map((each) =>
    each.command === 'paid' && status === 'payment_due' ? { ...each, to: dueFrom ? [dueFrom] : [] } : each,
  );
  // Whatever has become of the job: a run that ends is counted.
  const counting = arrow('record_run', ['agent', 'operator'], status);
  if (!isLive(job)) return [...own, counting];
  const everywhere = [counting, arrow('cancel', 'shop', 'canceled_by_shop')];
  const cancelsFrom = status === 'on_hold' ? heldFrom : status;
  if (cancelsFrom && template.customerMayCancel.includes(cancelsFrom))
    everywhere.push(arrow('cancel', 'customer', 'canceled_by_customer'));
  if (status === 'on_hold') return [...own, ...heldArrows(template, heldFrom), ...everywhere];
  everywhere.push(arrow('hold', 'shop', 'on_hold'));
  const changes = new Set(
    own.filter(({ command }) => !notByChange.includes(command)).flatMap(({ to }) => to),
  );
  if (template.arrows[status]?.some(({ command }) => command === 'due')) changes.add('payment_due');
  if (status === 'payment_due' && dueFrom) changes.add(dueFrom);
  changes.delete(status);
  if (changes.size > 0) everywhere.push(arrow('change', 'shop', ...changes));
  return [...own, ...everywhere];
}

/** Back to where it was held, or elsewhere; and a sent quote stays answerable. */
function heldArrows(template: WorkflowTemplate, heldFrom: Status | undefined): Arrow[] {
  const elsewhere = statusesOf(template).filter(
    (status) => status !== 'on_hold' && status !== heldFrom && isLive({ status, payment: 'unpaid' }),
  );
  const approval = template.arrows.quoted?.filter(({ command }) => command === 'approve_quote') ?? [];
  return [arrow('resume', 'shop', ...(heldFrom ? [heldFrom] : []), ...elsewhere), ...approval];
}
