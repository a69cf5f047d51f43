import type { Actor } from '#domain/actor.ts';
import { automaticCommand } from '#domain/job/automatic.ts';
import { dueNow, sleepSeconds, type Due, type Stay } from '#domain/job/due.ts';
import { isLive, type JobCommand, type Status } from '#domain/job/job.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError, type Write } from '../adapters/dynamo/commit.ts';
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
import { endOpenQuote } from './end-open-quote.ts';

/** Which execution asks, and the status it believes the job to be in. */
export interface StepInput {
  jobId: string;
  generation: number;
  status: Status;
}

/** wait: open the gate; changed: look at the status again; fenced: another execution has taken over. */
export interface StepResult {
  status: Status;
  next: 'wait' | 'changed' | 'fenced';
  timeoutSeconds: number;
}

const actor: Actor = { kind: 'system', name: 'workflow' };

/** Does what time and the automatic rules ask for in the job's status, then says how long there is nothing to do. */
export async function advance(t: Tenant, input: StepInput): Promise<StepResult> {
  const { jobId, generation } = input;
  for (;;) {
    const workflow = await loadWorkflow(t, jobId);
    const loaded = await loadJob(t, jobId);
    if (!workflow || !loaded || workflow.generation !== generation)
      return { status: input.status, next: 'fenced', timeoutSeconds: 1 };
    const { job } = loaded;
    if (job.status !== input.status || !isLive(job.status))
      return { status: job.status, next: 'changed', timeoutSeconds: 1 };
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
}

/** The next automatic step, if one is due. `again`: something small was done, look once more. */
async function actOn(
  t: Tenant,
  loaded: LoadedJob,
  stay: Stay,
  generation: number,
): Promise<StepResult | 'again' | undefined> {
  const due = dueNow(stay, now())[0];
  if (due?.kind === 'quote_reminder')
    return remind(t, loaded, stay, due, fence(t, loaded.job.id, generation));
  if (due?.kind === 'quote_expiry')
    return command(t, loaded, { name: 'expire_quote' }, generation, endOpenQuote(t, loaded.job, 'expired'));
  const automatic = automaticCommand(stateOf(loaded));
  return automatic && command(t, loaded, automatic, generation);
}

/** A command that moves the job: its transaction touches the workflow row once, where the generation is checked. */
async function command(
  t: Tenant,
  { job }: LoadedJob,
  wanted: JobCommand,
  generation: number,
  writes: Write[] = [],
): Promise<StepResult | 'again'> {
  try {
    const outcome = await changeJob(t, job.id, actor, () => ({
      command: wanted,
      generation,
      writes: () => writes,
    }));
    return typeof outcome === 'object' && 'decision' in outcome
      ? { status: outcome.decision.job.status, next: 'changed', timeoutSeconds: 1 }
      : 'again';
  } catch (error) {
    if (error instanceof ConflictError) return 'again';
    throw error;
  }
}

async function remind(t: Tenant, { job }: LoadedJob, stay: Stay, due: Due, fenced: Write): Promise<'again'> {
  const after = {
    ...stay,
    due: stay.due.map((each) => (each.kind === due.kind ? { ...each, done: true } : each)),
  };
  const event = {
    type: 'quote.reminder_due' as const,
    data: { version: job.quote?.version ?? 0, dueAt: due.at },
  };
  try {
    await commit(t.client, [
      updateStay(t, job.id, after),
      ...amendWrites(t, job, {}, now(), { event, actor }),
      fenced,
    ]);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  return 'again';
}
