import { depositOn } from '../../payment/deposit.ts';
import { refuse } from '../../refusal.ts';
import type { OfferTerms } from '../commands.ts';
import { beforeAgreement, type Job, type JobEvent, type Status } from '../job.ts';
import type { JobState } from '../state.ts';
import {
  agreed,
  filesChecked,
  offerOpen,
  reasonGiven,
  spokenFor,
  termsMet,
  unexpired,
  versionSeen,
  type Condition,
} from './conditions.ts';
import type { Consequences, Rules } from './rule.ts';

type Quote = NonNullable<Job['quote']>;

/** A price that can be offered. */
export function offerable(offer: OfferTerms, now: string): Condition {
  if (!Number.isSafeInteger(offer.totalMinor) || offer.totalMinor <= 0)
    return refuse('not_ready', 'A quote needs a price above zero.', 'totalMinor');
  if (offer.validUntil <= now) return refuse('invalid', 'The quote must be valid beyond now.', 'validUntil');
  return undefined;
}

/** The next version of the offer. */
export function newVersion(
  { job, template }: JobState,
  { totalMinor, currency, validUntil }: OfferTerms,
  state: Quote['state'],
): { quote: Quote; data: JobEvent['data'] } {
  const version = (job.quote?.version ?? 0) + 1;
  const depositMinor = depositOn(template.deposit, totalMinor);
  return {
    quote: { version, state, totalMinor, currency, validUntil, depositMinor },
    data: { version, totalMinor, currency, validUntil },
  };
}

/** Money that came for an earlier version counts for the next at its price: what had paid all of it may be a deposit by now. */
export const paymentTowards = (
  { payment, paidMinor = 0, invoicedAt }: Job,
  { totalMinor }: OfferTerms,
): Pick<Job, 'payment'> => {
  if (invoicedAt !== undefined || (payment !== 'paid' && payment !== 'deposit')) return { payment };
  return { payment: paidMinor >= totalMinor ? 'paid' : 'deposit' };
};

const ended = (quote: Quote | undefined, state: Quote['state'], extra: JobEvent['data'] = {}) =>
  quote
    ? { changes: { quote: { ...quote, state } }, data: { version: quote.version, ...extra } }
    : { data: extra };

const given = (onBehalf: string | undefined): JobEvent['data'] =>
  onBehalf === undefined ? {} : { onBehalf };

/**
 * What becomes of the offer of a job that is moved by hand: agreed to when the job goes on without an answer, void when it goes
 * back.
 */
export function settleOffer(state: JobState, to: Status, now: string): Consequences['changes'] {
  const { quote } = state.job;
  if (!quote || to === 'quoted' || to === 'on_hold') return {};
  if (beforeAgreement.includes(to))
    return quote.state === 'sent' ? { quote: { ...quote, state: 'superseded' } } : {};
  return agreed(state) ? { quote: { ...quote, state: 'approved' }, agreedAt: now } : {};
}

/** Where an approval leads straight into production, the deposit comes first. */
const depositIn = (state: JobState): Condition =>
  state.template.arrows.quoted?.some(
    ({ command, to }) => command === 'approve_quote' && to.includes('in_production'),
  )
    ? termsMet(state)
    : undefined;

export const quoting: Rules<
  | 'submit'
  | 'place'
  | 'start_quoting'
  | 'send_quote'
  | 'record_price'
  | 'withdraw_quote'
  | 'approve_quote'
  | 'request_changes'
  | 'decline_quote'
  | 'expire_quote'
> = {
  submit: { event: 'job.submitted', ready: filesChecked },
  place: {
    event: 'job.placed',
    ready: filesChecked,
    accepts: (_, command, now, actor) =>
      command.reviewReasons[0] === undefined
        ? (offerable(command, now) ?? spokenFor(actor, command.onBehalf))
        : refuse(
            'not_ready',
            `The shop has to look at this first: ${command.reviewReasons[0]} Submit it for review instead.`,
            'parts',
          ),
    then: (state, command, now) => {
      const { quote, data } = newVersion(state, command, 'approved');
      const changes = { quote, agreedAt: now, ...paymentTowards(state.job, command) };
      return { changes, data: { ...data, ...given(command.onBehalf) } };
    },
  },
  start_quoting: { event: 'job.quoting_started' },
  send_quote: {
    event: 'quote.sent',
    ready: filesChecked,
    accepts: (_, command, now) => offerable(command, now),
    then: (state, command) => {
      const { quote, data } = newVersion(state, command, 'sent');
      return { changes: { quote, ...paymentTowards(state.job, command) }, data };
    },
  },
  record_price: {
    event: 'price.recorded',
    accepts: (_, command, now) => offerable(command, now),
    then: (state, command) => {
      const { quote, data } = newVersion(state, command, 'draft');
      return { changes: { quote, ...paymentTowards(state.job, command) }, data };
    },
  },
  withdraw_quote: { event: 'quote.withdrawn', then: ({ job }) => ended(job.quote, 'superseded') },
  approve_quote: {
    event: 'quote.approved',
    ready: (state, now) => offerOpen(state) ?? unexpired(state, now) ?? depositIn(state),
    accepts: ({ job }, { version, onBehalf }, _now, actor) =>
      versionSeen(job, version) ?? spokenFor(actor, onBehalf),
    then: ({ job }, { onBehalf }, now) => {
      const { changes, data } = ended(job.quote, 'approved', given(onBehalf));
      return { changes: { ...changes, agreedAt: now }, data };
    },
  },
  request_changes: {
    event: 'quote.changes_requested',
    ready: offerOpen,
    accepts: ({ job }, { version, onBehalf }, _now, actor) =>
      versionSeen(job, version) ?? spokenFor(actor, onBehalf),
    then: ({ job }, { message, onBehalf }) =>
      ended(job.quote, 'changes_requested', { message, ...given(onBehalf) }),
  },
  decline_quote: {
    event: 'quote.declined',
    ready: offerOpen,
    accepts: ({ job }, { version, reason, onBehalf }, _now, actor) =>
      versionSeen(job, version) ?? reasonGiven(reason) ?? spokenFor(actor, onBehalf),
    // What was paid towards an offer that is not taken up goes back.
    then: ({ job }, { reason, onBehalf }) => {
      const { changes, data } = ended(job.quote, 'declined', { reason, ...given(onBehalf) });
      const amountMinor = job.paidMinor ?? 0;
      const returning = amountMinor > 0 ? { returning: { amountMinor, keptMinor: 0, reason } } : {};
      return { changes: { ...changes, ...returning }, data };
    },
  },
  expire_quote: {
    event: 'quote.expired',
    ready: ({ job: { quote } }, now) =>
      quote && quote.validUntil <= now ? undefined : refuse('not_ready', 'The quote is still valid.'),
    then: ({ job }) => ended(job.quote, 'expired'),
  },
};
