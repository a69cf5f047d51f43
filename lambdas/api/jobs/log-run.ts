import type { LoggedEvent } from '#domain/event.ts';
import type { JobView } from '#contract/views/job.ts';
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts';
import type { Run } from '#domain/run/run.ts';
import { now } from '../../adapters/clock.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { eventWrite } from '../../adapters/dynamo/repositories/jobs.ts';
import { putRun } from '../../adapters/dynamo/repositories/runs.ts';
import { actorOf } from '../../http/caller.ts';
import { once } from '../../http/once.ts';
import { refused } from '../../http/problem.ts';
import type { ApiRequest } from '../../http/request.ts';
import { inShop, visibleJob } from '../access.ts';
import { renderJob } from './job-view.ts';
import { overtaken, type CommandRequest } from './run-command.ts';

/** When it happened, in the one form in which instants can be compared as text; now when nobody says. */
export const instantOf = (given: string | undefined, now: string): string =>
  given === undefined ? now : new Date(given).toISOString();

export const noSuchRun: Refusal = refuse('invalid', 'No such run in this job.', 'runId');

/**
 * Logs something of a run that leaves the job where it is, with an event of its own.
 * @throws ApiError not_found, invalid_request, not_allowed_now, stale
 */
export async function logRun(
  request: CommandRequest & { body: { runId: string; at?: string | undefined } },
  type: LoggedEvent['type'],
  change: (run: Run, at: string, now: string) => Run | Refusal,
): Promise<JobView> {
  const { caller, t } = inShop(request.caller);
  const { jobId } = request.params;
  const { job, runs } = await visibleJob(t, caller, jobId);
  const { runId, at } = request.body;
  const shown = await once(idempotencyOf(t), request as unknown as ApiRequest, async (record) => {
    const before = runs.find((run) => run.id === runId);
    if (!before) throw refused(noSuchRun);
    const instant = now();
    const happened = instantOf(at, instant);
    const after = change(before, happened, instant);
    if (isRefusal(after)) throw refused(after);
    const { partId, machineId } = after;
    const event: LoggedEvent = { type, data: { runId, partId, machineId, at: happened } };
    const result = { jobId };
    await commit(t.client, [
      putRun(t, after, before.state),
      eventWrite(t, job, event, actorOf(caller, job.customer.name), instant),
      ...record(result),
    ]).catch((error: unknown) => {
      throw error instanceof ConflictError ? overtaken(error) : error;
    });
    return result;
  });
  return renderJob(t, caller, shown.jobId);
}
