import type { Status } from '../job.ts';
import type { JobState } from '../state.ts';
import { entryCondition, reasonGiven, standsFor, type Condition } from './conditions.ts';
import { settleOffer } from './quoting.ts';
import type { Consequences, Rules } from './rule.ts';

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
  };
  if (job.status !== 'completed' && job.status !== 'delivered') return { changes: anew, parts: [] };
  return {
    changes: { ...anew, payment: 'unpaid', paidMinor: undefined },
    parts: parts.map((part) => ({ ...part, made: 0, scrapped: 0 })),
  };
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
    accepts: (_, { reason }) => reasonGiven(reason),
    // An open offer ends with the job, so that a reopened one can not be approved by its old quote.
    then: ({ job: { quote } }, { reason }) => ({
      changes: quote?.state === 'sent' ? { quote: { ...quote, state: 'superseded' } } : {},
      data: { reason },
    }),
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
