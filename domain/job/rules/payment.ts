import { refuse } from '../../refusal.ts';
import { isSettled } from '../job.ts';
import type { JobState } from '../state.ts';
import { agreed, depositAsked, termsMet, type Condition } from './conditions.ts';
import type { Rules } from './rule.ts';

const dayMs = 86_400_000;
const longestNetDays = 180;

/** Payment terms run from the invoice; until there is one, from the agreement. */
const dueAfter = ({ job }: JobState, netDays: number, now: string): string =>
  new Date(Date.parse(job.invoicedAt ?? job.agreedAt ?? now) + netDays * dayMs).toISOString();

/** A fixed day to pay belongs to a purchase order, which only the shop can accept. */
function acceptable({ job }: JobState, netDays: number | undefined): Condition {
  if (netDays === undefined) return undefined;
  if (!job.po) return refuse('invalid', 'Net days belong to a purchase order; there is none.', 'netDays');
  return Number.isSafeInteger(netDays) && netDays >= 0 && netDays <= longestNetDays
    ? undefined
    : refuse('invalid', `Choose 0 to ${longestNetDays} whole days.`, 'netDays');
}

export const payment: Rules<'provide_po' | 'ask_payment' | 'release' | 'due' | 'paid'> = {
  provide_po: {
    event: 'po.provided',
    ready: ({ job }) =>
      job.payment === 'paid' ? refuse('not_ready', 'The order is paid already.') : undefined,
    accepts: (_, { number }) =>
      number.trim() === ''
        ? refuse('invalid', 'Give the number of the purchase order.', 'number')
        : undefined,
    then: (state, { number }, now) => {
      const netDays = state.job.customer.dueDays ?? state.template.netDays;
      const dueAt = dueAfter(state, netDays, now);
      return {
        changes: {
          po: { number, providedAt: now, netDays, dueAt },
          flags: state.job.flags?.filter((flag) => !flag.startsWith('po_')),
        },
        data: { number, dueAt },
      };
    },
  },
  ask_payment: {
    event: 'payment.asked',
    ready: ({ job }) =>
      job.payment === 'paid'
        ? refuse('not_ready', 'The order is paid already. Release it instead.')
        : undefined,
  },
  release: {
    event: 'job.released',
    ready: agreed,
    accepts: (state, { override, netDays }) => acceptable(state, netDays) ?? termsMet(state, override),
    then: (state, { override, netDays }, now) => {
      const { changes, data } = waived(override);
      const { po } = state.job;
      if (!po) return { changes: changes ?? {}, data: data ?? {} };
      const days = netDays ?? po.netDays;
      const dueAt = dueAfter(state, days, now);
      return {
        changes: { ...changes, po: { ...po, acceptedAt: now, netDays: days, dueAt } },
        data: { ...data, number: po.number, netDays: days, dueAt },
      };
    },
  },
  due: {
    event: 'po.due',
    ready: ({ job }) => {
      if (!job.po) return refuse('not_ready', 'There is no purchase order.');
      return job.payment === 'paid' ? refuse('not_ready', 'The order is paid.') : undefined;
    },
    // The shop may ask for its money whenever it has agreed so with its customer.
    accepts: ({ job }, _, now, actor) =>
      actor.kind === 'staff' || (job.po && job.po.dueAt <= now)
        ? undefined
        : refuse('not_ready', 'The payment is not due yet.'),
    then: ({ job }) => ({
      changes: { dueFrom: job.status },
      data: { number: job.po?.number ?? '', dueAt: job.po?.dueAt ?? '' },
    }),
  },
  paid: {
    event: 'payment.settled',
    ready: (state) =>
      moneyIsThere(state) ? undefined : refuse('not_ready', 'The payment has not arrived yet.'),
  },
};

/** What a job waits for: once due all of it; before production the deposit, or all of it where the shop's rule asks for none. */
export function moneyIsThere(state: JobState): boolean {
  const { status, payment, paidMinor = 0 } = state.job;
  if (status === 'payment_due') return isSettled(payment);
  const deposit = depositAsked(state);
  return payment === 'paid' || (deposit > 0 && paidMinor >= deposit);
}

/** Production begins before the payment terms are met, for a reason that stays with the job. */
export const waived = (override: string | undefined) =>
  override === undefined ? {} : { changes: { termsWaived: override }, data: { override } };
