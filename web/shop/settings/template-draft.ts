import type { BodyInputOf } from '#contract/route.ts';
import type { replaceTemplate } from '#contract/routes/templates.ts';
import type { TemplateView } from '#contract/views/template.ts';
import type { Status } from '#domain/job/job.ts';
import { isLive } from '#domain/job/job.ts';
import {
  owners,
  statusesOf,
  type Owner,
  type StatusPlan,
  type WorkflowTemplate,
} from '#domain/job/template.ts';

type OwnBody = BodyInputOf<typeof replaceTemplate>;

/** One status of a template as typed. */
export interface StatusDraft {
  shop: string;
  customer: string;
  owner: Owner;
  /** Whole hours, or nothing: never flagged. */
  slaHours: string;
  used: boolean;
  customerMayCancel: boolean;
}

export interface TemplateDraft {
  statuses: Partial<Record<Status, StatusDraft>>;
  /** Set on the page of the shop's money, kept as it is here. */
  payment: Pick<OwnBody, 'deposit' | 'onCancel' | 'adjustmentLimitPercent' | 'netDays'>;
  /** A check is passed only with a filled inspection. */
  needsInspection: boolean;
}

export const ownerNames: Record<Owner, string> = {
  customer: 'the customer',
  shop: 'the shop',
  salesperson: 'the salesperson',
  operator: 'the operator',
  vendor: 'the vendor',
  carrier: 'the carrier',
  nobody: 'nobody',
};
export const ownerChoices = owners.map((owner) => ({ value: owner, label: ownerNames[owner] }));

/** Somebody may still wait for something there. */
export const isAwaited = (status: Status): boolean => isLive({ status, payment: 'unpaid' });
/** An order can still be called off there. */
export const isCancelable = (status: Status): boolean => isLive({ status, payment: 'paid' });

const typed = (plan: StatusPlan, used: boolean, customerMayCancel: boolean): StatusDraft => ({
  shop: plan.shop,
  customer: plan.customer,
  owner: plan.owner,
  slaHours: plan.slaHours ? String(plan.slaHours) : '',
  used,
  customerMayCancel,
});

/** The template as Kerf ships it. */
export function shippedDraft(shipped: WorkflowTemplate): TemplateDraft {
  return draftOf(shipped, undefined);
}

/** The template as the shop has it: the shipped one with what the shop made of it. */
export function draftOf(shipped: WorkflowTemplate, own: TemplateView['own']): TemplateDraft {
  const statuses: TemplateDraft['statuses'] = {};
  for (const status of statusesOf(shipped)) {
    const plan = { ...shipped.statuses[status]!, ...defined(own?.statuses[status]) };
    const mayCancel = [...shipped.customerMayCancel, ...(own?.customerMayCancel ?? [])].includes(status);
    statuses[status] = typed(plan, !own?.off.includes(status), mayCancel);
  }
  return {
    statuses,
    payment: paymentOf(own),
    needsInspection: own?.needsInspection ?? shipped.needsInspection,
  };
}

function paymentOf(own: TemplateView['own']): TemplateDraft['payment'] {
  const { deposit, onCancel, adjustmentLimitPercent, netDays } = own ?? {};
  return {
    ...(deposit && { deposit }),
    ...(onCancel && { onCancel }),
    ...(adjustmentLimitPercent !== undefined && { adjustmentLimitPercent }),
    ...(netDays !== undefined && { netDays }),
  };
}

/** What is sent: only what differs from the shipped template. Figures that are none become NaN, which the rules refuse. */
export function ownOf(shipped: WorkflowTemplate, draft: TemplateDraft): OwnBody {
  const before = shippedDraft(shipped);
  const statuses: OwnBody['statuses'] = {};
  const off: Status[] = [];
  const customerMayCancel: Status[] = [];
  for (const status of statusesOf(shipped)) {
    const [now, then] = [draft.statuses[status]!, before.statuses[status]!];
    const change = {
      ...(now.shop.trim() === then.shop ? {} : { shop: now.shop.trim() }),
      ...(now.customer.trim() === then.customer ? {} : { customer: now.customer.trim() }),
      ...(now.owner === then.owner ? {} : { owner: now.owner }),
      ...(now.slaHours.trim() === then.slaHours ? {} : { slaHours: figure(now.slaHours, 0) }),
    };
    if (Object.keys(change).length > 0) statuses[status] = change;
    if (!now.used) off.push(status);
    if (now.customerMayCancel && !then.customerMayCancel) customerMayCancel.push(status);
  }
  return {
    statuses,
    off,
    ...draft.payment,
    ...(draft.needsInspection === shipped.needsInspection ? {} : { needsInspection: draft.needsInspection }),
    ...(customerMayCancel.length > 0 ? { customerMayCancel } : {}),
  };
}

const figure = (text: string, ifNone = NaN): number => (text.trim() === '' ? ifNone : Number(text.trim()));

/** Each difference from the shipped template in one line. */
export function differences(shipped: WorkflowTemplate, draft: TemplateDraft): string[] {
  const before = shippedDraft(shipped);
  const lines: string[] = [];
  for (const status of statusesOf(shipped)) {
    const [now, then] = [draft.statuses[status]!, before.statuses[status]!];
    const name = `“${then.shop}”`;
    if (!now.used) lines.push(`${name} is not used.`);
    if (now.shop.trim() !== then.shop) lines.push(`${name} is called “${now.shop.trim()}” by the shop.`);
    if (now.customer.trim() !== then.customer)
      lines.push(`${name} is called “${now.customer.trim()}” to customers, not “${then.customer}”.`);
    if (now.owner !== then.owner)
      lines.push(`In ${name} it is on ${ownerNames[now.owner]}, not on ${ownerNames[then.owner]}.`);
    if (now.slaHours.trim() !== then.slaHours)
      lines.push(`${name} is flagged ${hoursWords(now.slaHours)}, not ${hoursWords(then.slaHours)}.`);
    if (now.customerMayCancel && !then.customerMayCancel) lines.push(`Customers may cancel in ${name}.`);
  }
  if (draft.needsInspection !== before.needsInspection)
    lines.push(
      draft.needsInspection
        ? 'A check is passed only with a filled inspection.'
        : 'A check is passed without a filled inspection.',
    );
  return lines;
}

const hoursWords = (hours: string): string =>
  hours.trim() === '' || hours.trim() === '0' ? 'never' : `after ${hours.trim()} h`;

function defined<T extends object>(value: T | undefined): Partial<StatusPlan> {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, each]) => each !== undefined));
}
