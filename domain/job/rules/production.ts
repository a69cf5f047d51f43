import { refuse } from '../../refusal.ts';
import type { JobCommand } from '../commands.ts';
import { good, type Status } from '../job.ts';
import type { JobState } from '../state.ts';
import type { Arrow } from '../template.ts';
import {
  agreed,
  allMade,
  countInHand,
  inspected,
  partOf,
  reasonGiven,
  termsMet,
  type Condition,
} from './conditions.ts';
import { waived } from './payment.ts';
import type { Rules } from './rule.ts';

type Start = Extract<JobCommand, { name: 'start' }>;

function startable(state: JobState, { partId, quantity }: Start): Condition {
  const part = partOf(state, partId);
  if (!part) return refuse('invalid', 'No such part in this job.', 'partId');
  const being = state.openRuns.reduce((sum, run) => sum + (run.partId === partId ? run.quantity : 0), 0);
  const missing = part.wanted - good(part) - being;
  if (missing <= 0) {
    const how = being > 0 ? `made already or being made (${being})` : 'made already';
    return refuse('not_ready', `All ${part.wanted} of "${part.name}" are ${how}.`, 'partId');
  }
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > missing)
    return refuse('invalid', `Choose 1 to ${missing} pieces: that is what is still missing.`, 'quantity');
  return undefined;
}

/** Ready by the customer's preference, as far as the arrow leads there. */
const readyStatus = ({ job }: JobState, arrow: Arrow): Status => {
  const wished: Status = job.delivery === 'pickup' ? 'ready_for_pickup' : 'ready_for_shipping';
  return arrow.to.includes(wished) ? wished : (arrow.to[0] ?? job.status);
};

function afterMaking(state: JobState, arrow: Arrow): Status {
  const byHand = state.job.status !== 'post_production' && state.parts.some((part) => part.postProduction);
  if (byHand && arrow.to.includes('post_production')) return 'post_production';
  if (arrow.to.includes('quality_check')) return 'quality_check';
  return readyStatus(state, arrow);
}

/** Pieces that are no good: scrapped, and made again in the next rework cycle. */
const scrapped = (
  state: JobState,
  { partId, count, reason }: { partId: string; count: number; reason: string },
) => {
  const part = partOf(state, partId);
  const reworkCycle = state.job.reworkCycle + 1;
  return {
    changes: { reworkCycle },
    parts: part ? [{ ...part, scrapped: part.scrapped + count }] : [],
    data: { partId, count, reason, reworkCycle },
  };
};

/** A price recorded at the counter is agreed to by beginning. */
const priceRecorded = ({ job }: JobState): Condition =>
  job.quote && ['draft', 'approved'].includes(job.quote.state)
    ? undefined
    : refuse('not_ready', 'No price is recorded. Record one, or send a quote.', 'quote');

export const production: Rules<
  'begin_work' | 'start' | 'record_run' | 'finish' | 'fault' | 'pass_check' | 'fail_check' | 'ready'
> = {
  begin_work: {
    event: 'job.work_begun',
    ready: priceRecorded,
    accepts: (state, { override }) => termsMet(state, override),
    then: ({ job }, { override }, now) => {
      const { changes, data } = waived(override);
      const quote = job.quote && { ...job.quote, state: 'approved' as const };
      return {
        changes: { ...changes, ...(quote ? { quote } : {}), agreedAt: job.agreedAt ?? now },
        data: data ?? {},
      };
    },
  },
  start: {
    event: 'run.requested',
    accepts: (state, command) => termsMet(state, command.override) ?? startable(state, command),
    then: (_, { partId, runId, machineId, quantity, override }) => {
      const { changes, data } = waived(override);
      return { changes: changes ?? {}, data: { partId, runId, machineId, quantity, ...data } };
    },
  },
  record_run: {
    event: ({ outcome }) => (outcome === 'finished' ? 'run.finished' : 'run.failed'),
    accepts: (state, { partId }) =>
      partOf(state, partId) ? undefined : refuse('invalid', 'No such part in this job.', 'partId'),
    then: (state, { partId, runId, outcome, made, reason }) => {
      const part = partOf(state, partId);
      return {
        parts: part && made > 0 ? [{ ...part, made: part.made + made }] : [],
        data: { runId, partId, outcome, made, ...(reason === undefined ? {} : { reason }) },
      };
    },
  },
  finish: {
    event: 'job.finished',
    ready: allMade,
    target: (state, _, arrow) => afterMaking(state, arrow),
  },
  fault: {
    event: 'part.faulted',
    accepts: (state, { partId, count, reason }) => countInHand(state, partId, count) ?? reasonGiven(reason),
    then: scrapped,
  },
  pass_check: {
    event: 'check.passed',
    ready: allMade,
    accepts: (state, { looks }) => inspected(state, looks),
    target: (state, _, arrow) => readyStatus(state, arrow),
    then: ({ parts }, { note }) => ({
      data: { good: parts.reduce((sum, part) => sum + good(part), 0), ...(note ? { note } : {}) },
    }),
  },
  fail_check: {
    event: 'check.failed',
    accepts: (state, { partId, count, reason }) => countInHand(state, partId, count) ?? reasonGiven(reason),
    then: scrapped,
  },
  ready: {
    event: 'job.ready',
    ready: (state) => agreed(state) ?? allMade(state),
  },
};
