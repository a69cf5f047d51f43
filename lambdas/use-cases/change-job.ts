import type { Actor } from '#domain/actor.ts';
import type { CustomerSnapshot } from '#domain/customer/customer.ts';
import { decide, type Decision } from '#domain/job/decide.ts';
import type { JobCommand } from '#domain/job/commands.ts';
import { lastStepOf, undoLastStep } from '#domain/job/undo.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError, type Write } from '../adapters/dynamo/commit.ts';
import {
  decisionWrites,
  idOf,
  loadedJob,
  stateOf,
  type LoadedJob,
  type QuoteAnswer,
} from '../adapters/dynamo/repositories/jobs.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { newId } from '../adapters/ids.ts';

/** A command, or the wish to take the last one back, and the rows that change with it. */
export interface Plan {
  command: JobCommand | { name: 'undo' };
  /** Nobody is to get a mail of it. */
  quiet?: boolean;
  /** The workflow's generation that asks; once it has been replaced it can change nothing. */
  generation?: number;
  /** The customer as they are now, where the command saves or quotes the job anew. */
  customer?: CustomerSnapshot;
  /** The customer's own words about the offer. */
  answer?: QuoteAnswer;
  /** Rows beside the job's own, known once the decision is. */
  writes?: (decision: Decision, now: string) => Write[];
}

export type ChangeOutcome = { decision: Decision } | { refusal: Refusal } | 'no_such_job';

/** Rows of a job that two commands may write at the same moment; the loser looks again. */
const contested = new Set(['job', 'part', 'stay', 'workflow', 'event']);
const mostTries = 6;

/**
 * The one way a command changes a job: load, plan, decide, ONE transaction. When somebody else changed the job meanwhile
 * the command is decided again on what is there now.
 * @param known the job as it was just loaded, or its id
 * @throws ConflictError when a row that the plan added was taken
 */
export async function changeJob(
  t: Tenant,
  known: LoadedJob | string,
  actor: Actor,
  plan: (loaded: LoadedJob, now: string) => Promise<Plan | Refusal> | Plan | Refusal,
): Promise<ChangeOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await loadedJob(t, attempt === 1 ? known : idOf(known));
    if (!loaded) return 'no_such_job';
    const instant = now();
    const planned = await plan(loaded, instant);
    if (isRefusal(planned)) return { refusal: planned };
    const eventId = newId('evt');
    const decision = decided(loaded, planned, actor, instant, eventId);
    if (isRefusal(decision)) return { refusal: decision };
    try {
      await commit(t.client, [
        ...decisionWrites(t, loaded.job, decision, {
          template: loaded.template,
          actor,
          now: instant,
          eventId,
          generation: planned.generation,
          answer: planned.answer,
        }),
        ...(planned.writes?.(decision, instant) ?? []),
      ]);
      return { decision };
    } catch (error) {
      if (
        !(error instanceof ConflictError) ||
        attempt === mostTries ||
        !error.names.every((name) => contested.has(name))
      )
        throw error;
    }
  }
}

/** The step, and with it how to take it back. */
function decided(
  loaded: LoadedJob,
  { command, quiet = false, customer = loaded.job.customer }: Plan,
  actor: Actor,
  now: string,
  eventId: string,
): Decision | Refusal {
  if (command.name === 'undo') return undoLastStep(loaded.job, actor, now);
  const state = stateOf({ ...loaded, job: { ...loaded.job, customer } });
  const decision = decide(state, command, actor, now);
  if (isRefusal(decision)) return decision;
  const { undo: _, ...job } = decision.job;
  const undo = lastStepOf(loaded.job, decision, command.name, loaded.template, actor, eventId);
  return {
    ...decision,
    job: { ...job, ...(undo ? { undo } : {}) },
    event: {
      ...decision.event,
      ...(quiet ? { quiet: true } : {}),
      ...(undo ? { undoUntil: undo.until } : {}),
    },
  };
}
