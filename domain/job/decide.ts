import { partiesOf, type Actor } from '../actor.ts';
import { isRefusal, refuse, type Refusal } from '../refusal.ts';
import { checkGuard } from './guards.ts';
import type {
  Job,
  JobCommand,
  JobCommandName,
  JobEvent,
  JobEventType,
  JobState,
  Part,
  Status,
} from './job.ts';
import { good } from './job.ts';
import { arrowsFrom, fabrication, type Arrow } from './template.ts';

export interface Decision {
  job: Job;
  /** Only the parts that changed. */
  parts: Part[];
  event: JobEvent;
}

/**
 * Applies one command to a job: arrow, party, guard, change, event. Pure.
 * @param now ISO 8601 UTC instant
 */
export function decide(state: JobState, command: JobCommand, actor: Actor, now: string): Decision | Refusal {
  const arrow = findArrow(state.job, command.name, actor);
  if (isRefusal(arrow)) return arrow;
  const refusal = checkGuard(state, command, now);
  if (refusal) return refusal;

  const to = targetOf(state, command, arrow);
  const moves = to !== state.job.status;
  const { changes, parts, data } = consequences(state, command);
  const job: Job = {
    ...state.job,
    ...changes,
    status: to,
    version: state.job.version + 1,
    visit: state.job.visit + (moves ? 1 : 0),
    updatedAt: now,
  };
  if (to !== 'on_hold') delete job.heldFrom;
  return {
    job,
    parts,
    event: {
      type: eventOf(command),
      ...(moves ? { transition: { from: state.job.status, to, visit: job.visit } } : {}),
      data,
    },
  };
}

/** The commands an actor may send now. Of the guards only the plainest is looked at: an offer must be open to be answered. */
export function legalCommands(job: Job, actor: Actor): JobCommandName[] {
  const parties = partiesOf(actor);
  return arrowsFrom(fabrication, job.status)
    .filter((arrow) => arrow.by.some((party) => parties.includes(party)))
    .map((arrow) => arrow.command)
    .filter((command) => !answers.includes(command) || job.quote?.state === 'sent');
}

const answers: readonly JobCommandName[] = ['approve_quote', 'request_changes', 'decline_quote'];

function findArrow(job: Job, name: JobCommandName, actor: Actor): Arrow | Refusal {
  const arrows = arrowsFrom(fabrication, job.status).filter((arrow) => arrow.command === name);
  const label = fabrication.labels[job.status].shop;
  if (arrows.length === 0) {
    const possible = legalCommands(job, actor);
    const instead =
      possible.length > 0 ? `Possible now: ${possible.join(', ')}.` : 'Nothing can be done by you now.';
    return refuse('not_allowed_now', `A job in "${label}" can not ${name.replaceAll('_', ' ')}. ${instead}`);
  }
  const parties = partiesOf(actor);
  return (
    arrows.find((arrow) => arrow.by.some((party) => parties.includes(party))) ??
    refuse(
      'not_yours_to_do',
      `Only ${arrows.flatMap((a) => a.by).join(' or ')} can ${name.replaceAll('_', ' ')} here.`,
    )
  );
}

function targetOf({ job, parts }: JobState, command: JobCommand, arrow: Arrow): Status {
  if (command.name === 'resume') return job.heldFrom ?? 'review';
  if (command.name === 'pass_check')
    return job.delivery === 'pickup' ? 'ready_for_pickup' : 'ready_for_shipping';
  if (command.name === 'finish' && job.status !== 'post_production')
    return parts.some((part) => part.postProduction) ? 'post_production' : 'quality_check';
  return arrow.to[0] ?? job.status;
}

interface Consequences {
  changes: Partial<Job>;
  parts: Part[];
  data: JobEvent['data'];
}

function consequences(state: JobState, command: JobCommand): Consequences {
  const { job, parts } = state;
  const none: Consequences = { changes: {}, parts: [], data: {} };
  const part = 'partId' in command ? parts.find((p) => p.id === command.partId) : undefined;
  const quote = job.quote;
  switch (command.name) {
    case 'send_quote': {
      const { totalMinor, currency, validUntil } = command;
      const version = (quote?.version ?? 0) + 1;
      return {
        ...none,
        changes: { quote: { version, state: 'sent', totalMinor, currency, validUntil } },
        data: { version, totalMinor, currency, validUntil },
      };
    }
    case 'approve_quote':
      return withQuote(quote, 'approved');
    case 'request_changes':
      return withQuote(quote, 'changes_requested', { message: command.message });
    case 'decline_quote':
      return withQuote(quote, 'declined', { reason: command.reason });
    case 'expire_quote':
      return withQuote(quote, 'expired');
    case 'withdraw_quote':
      return withQuote(quote, 'superseded');
    case 'start':
      return {
        ...none,
        data: {
          partId: command.partId,
          runId: command.runId,
          machineId: command.machineId,
          quantity: command.quantity,
        },
      };
    case 'record_run':
      return {
        ...none,
        parts: part && command.made > 0 ? [{ ...part, made: part.made + command.made }] : [],
        data: {
          runId: command.runId,
          partId: command.partId,
          outcome: command.outcome,
          made: command.made,
          ...(command.reason === undefined ? {} : { reason: command.reason }),
        },
      };
    case 'pass_check':
      return {
        ...none,
        data: {
          good: parts.reduce((sum, p) => sum + good(p), 0),
          ...(command.note ? { note: command.note } : {}),
        },
      };
    case 'fail_check':
      return {
        changes: { reworkCycle: job.reworkCycle + 1 },
        parts: part ? [{ ...part, scrapped: part.scrapped + command.count }] : [],
        data: {
          partId: command.partId,
          count: command.count,
          reason: command.reason,
          reworkCycle: job.reworkCycle + 1,
        },
      };
    case 'hold':
      return { ...none, changes: { heldFrom: job.status }, data: { reason: command.reason } };
    case 'cancel':
      // An open offer ends with the job, so that a reopened one can not be approved by its old quote.
      return {
        ...none,
        changes: quote?.state === 'sent' ? { quote: { ...quote, state: 'superseded' } } : {},
        data: { reason: command.reason },
      };
    case 'reopen':
      return reopened(state, command.reason);
    case 'submit':
    case 'start_quoting':
    case 'finish':
    case 'hand_over':
    case 'confirm_delivery':
    case 'resume':
      return none;
  }
}

/** A claim is made and paid for anew: its delivered pieces are gone. What a canceled job had made is still there. */
function reopened({ job, parts }: JobState, reason: string): Consequences {
  if (job.status !== 'completed') return { changes: {}, parts: [], data: { reason } };
  return {
    changes: { payment: 'unpaid' },
    parts: parts.map((part) => ({ ...part, made: 0, scrapped: 0 })),
    data: { reason },
  };
}

function withQuote(
  quote: Job['quote'],
  state: NonNullable<Job['quote']>['state'],
  extra: JobEvent['data'] = {},
): Consequences {
  if (!quote) return { changes: {}, parts: [], data: extra };
  return { changes: { quote: { ...quote, state } }, parts: [], data: { version: quote.version, ...extra } };
}

const eventTypes: Record<Exclude<JobCommandName, 'record_run'>, JobEventType> = {
  submit: 'job.submitted',
  start_quoting: 'job.quoting_started',
  send_quote: 'quote.sent',
  withdraw_quote: 'quote.withdrawn',
  approve_quote: 'quote.approved',
  request_changes: 'quote.changes_requested',
  decline_quote: 'quote.declined',
  expire_quote: 'quote.expired',
  start: 'run.requested',
  finish: 'job.finished',
  pass_check: 'check.passed',
  fail_check: 'check.failed',
  hand_over: 'job.handed_over',
  confirm_delivery: 'job.delivered',
  hold: 'job.held',
  resume: 'job.resumed',
  cancel: 'job.canceled',
  reopen: 'job.reopened',
};

const eventOf = (command: JobCommand): JobEventType => {
  if (command.name === 'record_run') return command.outcome === 'finished' ? 'run.finished' : 'run.failed';
  return eventTypes[command.name];
};
