import type { JobView } from '#contract/views/job.ts';
import type { CustomerSnapshot } from '#domain/customer/customer.ts';
import type { Decision } from '#domain/job/decide.ts';
import type { JobCommand } from '#domain/job/commands.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { ConflictError, type Write } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import type { LoadedJob, QuoteAnswer } from '../../adapters/dynamo/repositories/jobs.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { actorOf, type ShopCaller } from '../../http/caller.ts';
import { once } from '../../http/once.ts';
import { ApiError, notFound, refused } from '../../http/problem.ts';
import type { ApiRequest } from '../../http/request.ts';
import { changeJob } from '../../use-cases/change-job.ts';
import { inShop, visibleJob } from '../access.ts';
import { renderJob } from './job-view.ts';

/** A command with the rows that change beside the job. */
export interface CommandPlan {
  command: JobCommand | { name: 'undo' };
  /** The customer as they are now, where the command saves or quotes the job anew. */
  customer?: CustomerSnapshot;
  /** The customer's own words about the offer. */
  answer?: QuoteAnswer;
  writes?: (decision: Decision, now: string) => Write[];
  /** The job to answer with when it is another one. */
  answersWith?: string;
}

/** What a command needs of its request. */
export interface CommandRequest extends Pick<ApiRequest, 'caller' | 'route' | 'rawBody' | 'idempotencyKey'> {
  params: { jobId: string };
  query: { notify: boolean };
}

/**
 * What every command route does: see the job, decide once, answer with the job as it is now.
 * @throws ApiError not_found, wrong_role, not_allowed_now, not_ready, invalid_request, stale, expired
 */
export async function runCommand(
  request: CommandRequest,
  plan: (
    loaded: LoadedJob,
    now: string,
    t: Tenant,
    caller: ShopCaller,
  ) => Promise<CommandPlan | Refusal> | CommandPlan | Refusal,
): Promise<JobView> {
  const { caller, t } = inShop(request.caller);
  const { jobId } = request.params;
  const quiet = !request.query.notify;
  if (quiet && caller.kind !== 'staff')
    throw new ApiError('invalid_request', 'Only the shop decides who gets a mail.', 'notify');
  const seen = await visibleJob(t, caller, jobId);
  const actor = actorOf(caller, seen.job.customer.name);

  const shown = await once(idempotencyOf(t), request as ApiRequest, async (record) => {
    let result = { jobId };
    const outcome = await changeJob(t, seen, actor, async (loaded, now) => {
      const planned = await plan(loaded, now, t, caller);
      if (isRefusal(planned)) return planned;
      result = { jobId: planned.answersWith ?? jobId };
      return {
        ...planned,
        quiet,
        writes: (decision, instant) => [...(planned.writes?.(decision, instant) ?? []), ...record(result)],
      };
    }).catch((error: unknown) => {
      throw error instanceof ConflictError ? overtaken(error) : error;
    });
    if (outcome === 'no_such_job') throw notFound();
    if ('refusal' in outcome) throw refused(outcome.refusal);
    return result;
  });
  return renderJob(t, caller, shown.jobId);
}

/** Two people at one machine: the later one is told what the earlier one did. */
export function overtaken(error: ConflictError): Error {
  if (error.names.includes('run'))
    return new ApiError('stale', 'Somebody else just logged this run. Look at it first.', 'runId');
  return error.names.includes('machine')
    ? new ApiError('not_ready', 'Somebody else just started on this machine.', 'machineId')
    : error;
}
