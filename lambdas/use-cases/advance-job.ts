import type { Actor } from '#domain/actor.ts';
import { automaticCommand } from '#domain/job/automatic.ts';
import type { JobCommand } from '#domain/job/commands.ts';
import { dueNow, onDue, sleepSeconds, stillAsked, type Due, type Stay } from '#domain/job/due.ts';
import { isLive, type JobEvent, type JobEventType, type Status } from '#domain/job/job.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import {
  amendWrites,
  loadJob,
  loadStay,
  noticeBy,
  stateOf,
  updateStay,
  type LoadedJob,
} from '../adapters/dynamo/repositories/jobs.ts';
import { enteredWrite, fence, loadWorkflow } from '../adapters/dynamo/repositories/workflows.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { changeJob } from './change-job.ts';

/** Which execution asks, and the status it believes the job to be in. */
export interface StepInput {
  jobId: string;
  generation: number;
  status: Status;
}

/** wait: open the gate; changed: look at the status again; ended: nothing is left to wait for; fenced: another execution has taken over. */
export interface StepResult {
  status: Status;
  next: 'wait' | 'changed' | 'ended' | 'fenced';
  timeoutSeconds: number;
}

const actor: Actor = { kind: 'system', name: 'workflow' };

/** What is due and automatic at one moment is a handful; more often means that others change the job all the time. */
const mostRounds = 50;

/**
 * Does what time and the automatic rules ask for in the job's status, then says how long there is nothing to do.
 * @throws when the job is changed again and again meanwhile
 */
export async function advance(t: Tenant, input: StepInput): Promise<StepResult> {
  const { jobId, generation } = input;
  for (let round = 0; round < mostRounds; round += 1) {
    const workflow = await loadWorkflow(t, jobId);
    const loaded = await loadJob(t, jobId);
    if (!workflow || !loaded || workflow.generation !== generation)
      return { status: input.status, next: 'fenced', timeoutSeconds: 1 };
    const { job } = loaded;
    if (job.status !== input.status) return { status: job.status, next: 'changed', timeoutSeconds: 1 };
    if (!isLive(job)) return { status: job.status, next: 'ended', timeoutSeconds: 1 };
    const stay = await loadStay(t, jobId, job.visit);
    if (!stay) throw new Error(`Job ${jobId} has no open stay`);

    const changed = await actOn(t, loaded, stay, generation);
    if (changed === 'again') continue;
    if (changed) return changed;
    const timeoutSeconds = sleepSeconds(stay, now());
    const watchFrom = noticeBy(new Date(Date.parse(now()) + timeoutSeconds * 1000).toISOString());
    try {
      await commit(t.client, [enteredWrite(t, jobId, generation, job, watchFrom)]);
    } catch (error) {
      if (error instanceof ConflictError) continue;
      throw error;
    }
    return { status: job.status, next: 'wait', timeoutSeconds };
  }
  throw new Error(`Job ${jobId} kept changing`);
}

/** The next automatic step, if one is due. `again`: something small was done, look once more. */
async function actOn(
  t: Tenant,
  loaded: LoadedJob,
  stay: Stay,
  generation: number,
): Promise<StepResult | 'again' | undefined> {
  const due = dueNow(stay, now())[0];
  if (due) {
    const consequence = onDue[due.kind];
    if (!stillAsked(loaded.job, due.kind)) return note(t, loaded, stay, due, generation);
    if ('event' in consequence) return note(t, loaded, stay, due, generation, consequence.event);
    return command(t, loaded, generation, consequence.command);
  }
  const automatic = automaticCommand(stateOf(loaded));
  return automatic && command(t, loaded, generation, automatic);
}

async function command(
  t: Tenant,
  loaded: LoadedJob,
  generation: number,
  wanted: JobCommand,
): Promise<StepResult | 'again'> {
  try {
    const outcome = await changeJob(t, loaded, actor, () => ({ command: wanted, generation }));
    return typeof outcome === 'object' && 'decision' in outcome
      ? { status: outcome.decision.job.status, next: 'changed', timeoutSeconds: 1 }
      : 'again';
  } catch (error) {
    if (error instanceof ConflictError) return 'again';
    throw error;
  }
}

/** Ticks an entry off, and tells people what has fallen due. */
async function note(
  t: Tenant,
  { job }: LoadedJob,
  stay: Stay,
  due: Due,
  generation: number,
  told?: JobEventType,
): Promise<'again'> {
  const after = {
    ...stay,
    due: stay.due.map((each) => (each.kind === due.kind ? { ...each, done: true } : each)),
  };
  const flags = [...(job.flags ?? []).filter((flag) => flag !== due.kind), due.kind];
  const event: JobEvent | undefined = told && {
    type: told,
    data: {
      status: job.status,
      dueAt: due.at,
      ...(job.quote ? { version: job.quote.version } : {}),
      ...(job.po ? { number: job.po.number, payBy: job.po.dueAt } : {}),
    },
  };
  try {
    await commit(t.client, [
      updateStay(t, job.id, after),
      ...(event ? amendWrites(t, job, { flags }, now(), { event, actor }) : amendWrites(t, job, {}, now())),
      fence(t, job.id, generation),
    ]);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  return 'again';
}
