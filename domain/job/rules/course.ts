import type { Actor } from '../../actor.ts';
import { moneyWriter } from '../../price/money-words.ts';
import { refuse } from '../../refusal.ts';
import type { Status } from '../job.ts';
import type { JobState } from '../state.ts';
import { entryCondition, reasonGiven, standsFor, type Condition } from './conditions.ts';
import { settleOffer } from './quoting.ts';
import type { CommandOf, Consequences, Rules } from './rule.ts';

/** A job moved by hand: the status's conditions hold, or somebody answers for it in writing. */
function enterable(state: JobState, to: Status, now: string, override: boolean): Condition {
  const impossible = standsFor(state, to, now);
  if (impossible || override) return impossible;
  const refusal = entryCondition(state, to);
  return refusal && { ...refusal, message: `${refusal.message} Or go on with a reason.`, field: 'override' };
}

/** A claim is made and paid for anew: its delivered pieces are gone. What a canceled job had made is still there. */
function reopened({ job, parts }: JobState): Pick<Consequences, 'changes' | 'parts'> {
  const anew = {
    agreedAt: undefined,
    po: undefined,
    termsWaived: undefined,
    shipment: undefined,
    receivedBy: undefined,
    flags: undefined,
    invoicedAt: undefined,
    returning: undefined,
    kept: undefined,
  };
  // What was kept of the canceled order counts for the new one.
  const freed = (job.paidMinor ?? 0) + (job.kept?.amountMinor ?? 0);
  if (job.kept) return { changes: { ...anew, payment: 'deposit', paidMinor: freed }, parts: [] };
  // What was paid for an invoice stays with it.
  const owing = { ...anew, payment: 'unpaid', paidMinor: undefined } as const;
  if (job.status !== 'completed' && job.status !== 'delivered')
    return { changes: job.invoicedAt === undefined ? anew : owing, parts: [] };
  return {
    changes: owing,
    parts: parts.map((part) => ({ ...part, made: 0, scrapped: 0 })),
  };
}

/** What the shop's rule gives back when nobody decides otherwise: all, or all beyond the deposit. */
export function refundByRule({ job, template }: JobState): number {
  const { paidMinor = 0, quote } = job;
  return template.onCancel === 'refund' ? paidMinor : Math.max(0, paidMinor - (quote?.depositMinor ?? 0));
}

/** Money was taken: the shop says how much of it goes back; customers cancel by the shop's rule. */
function moneyDecided({ job }: JobState, { refundMinor }: CommandOf<'cancel'>, actor: Actor): Condition {
  const { paidMinor = 0, quote } = job;
  const words = quote ? moneyWriter(quote.currency)(paidMinor) : 'what was paid';
  if (actor.kind !== 'staff')
    return refundMinor === undefined
      ? undefined
      : refuse('not_yours_to_do', 'The shop decides what is returned.', 'refundMinor');
  if (refundMinor === undefined)
    return paidMinor === 0
      ? undefined
      : refuse(
          'not_ready',
          `${words} has been paid for this order. Say how much of it is returned.`,
          'refundMinor',
        );
  return Number.isSafeInteger(refundMinor) && refundMinor >= 0 && refundMinor <= paidMinor
    ? undefined
    : refuse('invalid', `Return at most ${words}: that is what was paid.`, 'refundMinor');
}

export const course: Rules<'hold' | 'resume' | 'cancel' | 'reopen' | 'change'> = {
  hold: {
    event: 'job.held',
    accepts: (_, { reason }) => reasonGiven(reason),
    then: ({ job }, { reason }) => ({ changes: { heldFrom: job.status }, data: { reason } }),
  },
  resume: {
    event: 'job.resumed',
    accepts: (state, { to, override }, now) => {
      if (to === undefined || to === state.job.heldFrom) return undefined;
      const unsaid = override === undefined ? undefined : reasonGiven(override, 'override');
      if (unsaid || state.template.resumesAnywhere) return unsaid;
      return enterable(state, to, now, override !== undefined);
    },
    target: ({ job, template }, { to }) => to ?? job.heldFrom ?? template.quotingStatus,
    then: (state, { to, override }, now): Partial<Consequences> => ({
      changes: to === undefined ? {} : settleOffer(state, to, now),
      data: override === undefined ? {} : { override },
    }),
  },
  cancel: {
    event: 'job.canceled',
    accepts: (state, command, _now, actor) =>
      reasonGiven(command.reason) ?? moneyDecided(state, command, actor),
    // An open offer ends with the job, so that a reopened one can not be approved by its old quote.
    then: (state, { reason, refundMinor = refundByRule(state) }) => {
      const { quote, invoicedAt, paidMinor = 0 } = state.job;
      const keptMinor = paidMinor - refundMinor;
      const returning =
        invoicedAt === undefined && paidMinor === 0
          ? {}
          : { returning: { amountMinor: refundMinor, keptMinor, reason } };
      return {
        changes: {
          ...(quote?.state === 'sent' ? { quote: { ...quote, state: 'superseded' } } : {}),
          ...returning,
        },
        data: { reason, ...(paidMinor > 0 ? { refundMinor, keptMinor } : {}) },
      };
    },
  },
  reopen: {
    event: 'job.reopened',
    accepts: (_, { reason }) => reasonGiven(reason),
    then: (state, { reason }) => ({ ...reopened(state), data: { reason } }),
  },
  change: {
    event: 'job.changed',
    accepts: (state, { to, reason, override }, now) =>
      reasonGiven(reason) ?? enterable(state, to, now, override === true),
    target: (_, { to }) => to,
    then: (state, { to, reason, override }, now) => ({
      changes: {
        ...settleOffer(state, to, now),
        ...(to === 'payment_due' ? { dueFrom: state.job.status } : {}),
        ...(isRework(state, to) ? { reworkCycle: state.job.reworkCycle + 1 } : {}),
      },
      data: { reason, ...(override ? { override: true } : {}) },
    }),
  },
};

const isRework = ({ job }: JobState, to: Status): boolean =>
  to === 'rework' || (job.status === 'quality_check' && to === 'in_production');
