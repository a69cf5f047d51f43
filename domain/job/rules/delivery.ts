import { refuse } from '../../refusal.ts';
import { reasonGiven } from './conditions.ts';
import type { Rules } from './rule.ts';

export const delivery: Rules<'ship' | 'hand_over' | 'confirm_delivery' | 'redo'> = {
  ship: {
    event: 'job.shipped',
    then: (_, { carrier, tracking }, now) => {
      const given = {
        ...(carrier === undefined ? {} : { carrier }),
        ...(tracking === undefined ? {} : { tracking }),
      };
      return { changes: { shipment: { ...given, shippedAt: now } }, data: given };
    },
  },
  hand_over: {
    event: 'job.handed_over',
    accepts: ({ template }, { receivedBy }) =>
      template.needsSignature && (receivedBy ?? '').trim() === ''
        ? refuse('invalid', 'Who takes it signs with their name.', 'receivedBy')
        : undefined,
    then: (_, { receivedBy }) =>
      receivedBy === undefined ? {} : { changes: { receivedBy }, data: { receivedBy } },
  },
  confirm_delivery: { event: 'job.delivered' },
  redo: {
    event: 'job.redone',
    accepts: (_, { reason }) => reasonGiven(reason),
    then: (_, { newJobId, reason }) => ({ data: { newJobId, reason } }),
  },
};
