import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError, type Write } from '../adapters/dynamo/commit.ts';
import { amendWrites, loadJob, type LoadedJob } from '../adapters/dynamo/repositories/jobs.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

const mostTries = 6;

/**
 * Changes the lines of a draft: load, decide, one transaction with the job's version. Looks again when somebody else was
 * faster, so that several files can be added at once.
 * @throws ConflictError when a row that the plan added was taken
 */
export async function amendDraft<T>(
  t: Tenant,
  jobId: string,
  plan: (loaded: LoadedJob) => { result: T; writes: Write[] } | Refusal,
): Promise<{ result: T } | { refusal: Refusal } | 'no_such_job'> {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await loadJob(t, jobId);
    if (!loaded) return 'no_such_job';
    const planned = plan(loaded);
    if (isRefusal(planned)) return { refusal: planned };
    try {
      await commit(t.client, [...amendWrites(t, loaded.job, {}, now()), ...planned.writes]);
      return { result: planned.result };
    } catch (error) {
      const overtaken = error instanceof ConflictError && error.names.every((name) => name === 'job');
      if (!overtaken || attempt === mostTries) throw error;
    }
  }
}
