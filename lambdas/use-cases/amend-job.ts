import type { Actor } from '#domain/actor.ts';
import type { LoggedEvent } from '#domain/event.ts';
import type { Job } from '#domain/job/job.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError, type Write } from '../adapters/dynamo/commit.ts';
import { idOf, loadedJob, replaceWrites, type LoadedJob } from '../adapters/dynamo/repositories/jobs.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

const mostTries = 6;

/** What is to change beside the job's version. */
export interface Amendment<T> {
  result: T;
  /** The job itself, when more than its lines changes. */
  job?: Job;
  writes: Write[];
  event?: { event: LoggedEvent; actor: Actor } | undefined;
}

/**
 * Changes words, lines or files of a job, which no command of its lifecycle does: load, decide, one transaction with the job's
 * version. Looks again when somebody else was faster, so that several files can be added at once.
 * @param known the job as it was just loaded, or its id
 * @throws ConflictError when a row that the plan added was taken
 */
export async function amendJob<T>(
  t: Tenant,
  known: LoadedJob | string,
  plan: (loaded: LoadedJob) => Promise<Amendment<T> | Refusal> | Amendment<T> | Refusal,
): Promise<{ result: T } | { refusal: Refusal } | 'no_such_job'> {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await loadedJob(t, attempt === 1 ? known : idOf(known));
    if (!loaded) return 'no_such_job';
    const planned = await plan(loaded);
    if (isRefusal(planned)) return { refusal: planned };
    const { result, job = loaded.job, writes, event } = planned;
    try {
      await commit(t.client, [...replaceWrites(t, loaded.job, job, now(), event), ...writes]);
      return { result };
    } catch (error) {
      const overtaken = error instanceof ConflictError && error.names.every((name) => name === 'job');
      if (!overtaken || attempt === mostTries) throw error;
    }
  }
}
