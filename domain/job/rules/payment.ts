import { refuse } from '../../refusal.ts';
import { agreed, termsMet } from './conditions.ts';
import type { Rules } from './rule.ts';

const dayMs = 86_400_000;

export const payment: Rules<'provide_po' | 'ask_payment' | 'release' | 'due' | 'paid'> = {
  provide_po: {
    event: 'po.provided',
    ready: ({ job }) =>
      job.payment === 'paid' ? refuse('not_ready', 'The order is paid already.') : undefined,
    accepts: (_, { number }) =>
      number.trim() === ''
        ? refuse('invalid', 'Give the number of the purchase order.', 'number')
        : undefined,
    then: ({ job, template }, { number }, now) => {
      const from = Date.parse(job.agreedAt ?? now);
      const dueAt = new Date(from + (job.customer.dueDays ?? template.netDays) * dayMs).toISOString();
      return {
        changes: {
          po: { number, providedAt: now, dueAt },
          flags: job.flags?.filter((flag) => !flag.startsWith('po_')),
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
    accepts: (state, { override }) => termsMet(state, override),
    then: (_, { override }) => waived(override),
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
    ready: ({ job }) =>
      job.payment === 'paid' ? undefined : refuse('not_ready', 'The payment has not arrived yet.'),
  },
};

/** Production begins before the payment terms are met, for a reason that stays with the job. */
export const waived = (override: string | undefined) =>
  override === undefined ? {} : { changes: { termsWaived: override }, data: { override } };
