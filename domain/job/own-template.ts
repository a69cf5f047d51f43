import { cancelRules, findDepositFault, type CancelRule, type DepositRule } from '../payment/deposit.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { isLive, type Status } from './job.ts';
import { owners, statusesOf, type StatusPlan, type WorkflowTemplate } from './template.ts';

/** What a shop has made of a shipped template. Codes, arrows and conditions stay. */
export interface OwnTemplate {
  /** Only what differs from the shipped one. `slaHours` 0 means: never flagged. */
  statuses: Partial<Record<Status, Partial<StatusPlan>>>;
  /** Optional statuses that are not used. */
  off: readonly Status[];
  /** False: a check is passed without a filled inspection. */
  needsInspection?: boolean;
  deposit?: DepositRule;
  onCancel?: CancelRule;
  /** Whole percent of the agreed total. */
  adjustmentLimitPercent?: number;
  netDays?: number;
  /** Further statuses in which the customer may cancel. */
  customerMayCancel?: readonly Status[];
}

const longestLabel = 40;
const longestSlaHours = 24 * 90;
const longestNetDays = 180;

/** The first thing that a template can not have, with its field; undefined when all is well. */
export function findTemplateFault(shipped: WorkflowTemplate, own: OwnTemplate): Refusal | undefined {
  const used = statusesOf(shipped);
  for (const [status, plan] of Object.entries(own.statuses) as [Status, Partial<StatusPlan>][]) {
    const field = (name: string) => `statuses.${status}.${name}`;
    if (!used.includes(status))
      return refuse('invalid', `${shipped.title} has no status "${status}".`, `statuses.${status}`);
    for (const audience of ['shop', 'customer'] as const) {
      const label = plan[audience];
      if (label !== undefined && (label.trim() === '' || label.length > longestLabel))
        return refuse('invalid', `A name has 1 to ${longestLabel} characters.`, field(audience));
    }
    if (plan.owner !== undefined && !owners.includes(plan.owner))
      return refuse('invalid', `Choose one of ${owners.join(', ')}.`, field('owner'));
    if (plan.slaHours !== undefined && !whole(plan.slaHours, 0, longestSlaHours))
      return refuse('invalid', `Choose 0 (never) to ${longestSlaHours} whole hours.`, field('slaHours'));
    if (plan.slaHours !== undefined && plan.slaHours > 0 && !isLive({ status, payment: 'unpaid' }))
      return refuse('invalid', 'Nothing is awaited any more in this status.', field('slaHours'));
  }
  const twoAlike = sameName(shipped, own);
  if (twoAlike) return twoAlike;
  for (const [index, status] of own.off.entries())
    if (!shipped.optional[status])
      return refuse(
        'invalid',
        `"${nameIn(shipped, status)}" can not be switched off: other statuses need it.`,
        `off.${index}`,
      );
  for (const [index, status] of (own.customerMayCancel ?? []).entries())
    if (!used.includes(status) || !isLive({ status, payment: 'paid' }))
      return refuse(
        'invalid',
        `Nothing can be canceled in "${nameIn(shipped, status)}".`,
        `customerMayCancel.${index}`,
      );
  const deposit = own.deposit && findDepositFault(own.deposit);
  if (deposit) return deposit;
  if (own.onCancel !== undefined && !cancelRules.includes(own.onCancel))
    return refuse('invalid', `Choose one of ${cancelRules.join(', ')}.`, 'onCancel');
  if (own.adjustmentLimitPercent !== undefined && !whole(own.adjustmentLimitPercent, 0, 100))
    return refuse('invalid', 'Choose 0 to 100 whole percent.', 'adjustmentLimitPercent');
  if (own.netDays !== undefined && !whole(own.netDays, 0, longestNetDays))
    return refuse('invalid', `Choose 0 to ${longestNetDays} whole days.`, 'netDays');
  return undefined;
}

const whole = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;

const nameIn = (shipped: WorkflowTemplate, status: Status): string =>
  shipped.statuses[status]?.shop ?? status;

/** Two statuses that the shop can not tell apart make its lists useless; customers may read the same name twice. */
function sameName(shipped: WorkflowTemplate, own: OwnTemplate): Refusal | undefined {
  const seen = new Map<string, Status>();
  for (const status of statusesOf(shipped)) {
    const label = (own.statuses[status]?.shop ?? shipped.statuses[status]?.shop ?? '').trim().toLowerCase();
    const other = seen.get(label);
    if (other)
      return refuse(
        'invalid',
        `"${nameIn(shipped, other)}" is called so already. Give each status a name of its own.`,
        `statuses.${status}.shop`,
      );
    seen.set(label, status);
  }
  return undefined;
}

/** The template as the shop uses it. Jobs that stand in a status that was switched off still find their way out. */
export function templateOf(shipped: WorkflowTemplate, own: OwnTemplate | undefined): WorkflowTemplate {
  if (!own) return shipped;
  const { off, statuses: changes, customerMayCancel } = own;
  const statuses = Object.fromEntries(
    statusesOf(shipped).map((status) => [status, planOf(shipped.statuses[status]!, changes[status])]),
  );
  const end = (status: Status): Status[] => {
    if (!off.includes(status)) return [status];
    const instead = shipped.optional[status];
    return instead === undefined || instead === 'gone' ? [] : [instead];
  };
  const arrows = Object.fromEntries(
    Object.entries(shipped.arrows).map(([status, out]) => [
      status,
      out
        .map((each) => ({ ...each, to: [...new Set(each.to.flatMap(end))] }))
        .filter(({ to, command }) => to.length > 0 && !(command === 'start_quoting' && to[0] === status)),
    ]),
  );
  return {
    ...shipped,
    statuses,
    arrows,
    road: shipped.road.filter((status) => !off.includes(status)),
    quotingStatus: end(shipped.quotingStatus)[0] ?? shipped.quotingStatus,
    deposit: own.deposit ?? shipped.deposit,
    onCancel: own.onCancel ?? shipped.onCancel,
    adjustmentLimitPercent: own.adjustmentLimitPercent ?? shipped.adjustmentLimitPercent,
    netDays: own.netDays ?? shipped.netDays,
    needsInspection: own.needsInspection ?? shipped.needsInspection,
    customerMayCancel: [...new Set([...shipped.customerMayCancel, ...(customerMayCancel ?? [])])],
  };
}

function planOf(shipped: StatusPlan, change: Partial<StatusPlan> | undefined): StatusPlan {
  const { slaHours: _, ...plan } = { ...shipped, ...change };
  const slaHours = change?.slaHours ?? shipped.slaHours ?? 0;
  return slaHours > 0 ? { ...plan, slaHours } : plan;
}
