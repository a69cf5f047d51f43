import type { JobCommand } from '#domain/job/commands.ts';
import type { Write } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import type { LoadedJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { tenant, type Tenant } from '../../adapters/dynamo/tenant.ts';
import { once } from '../../http/once.ts';
import { notFound, refused } from '../../http/problem.ts';
import type { ApiRequest } from '../../http/request.ts';
import { changeJob } from '../../use-cases/change-job.ts';
import type { CommandRequest } from './run-command.ts';
import { openRequest } from './vendor-door.ts';

/** Sends the job a vendor's answer, once per key. @throws ApiError not_found, expired, not_allowed_now, invalid_request */
export async function runVendorCommand(
  request: Omit<CommandRequest, 'query'>,
  plan: (
    loaded: LoadedJob,
    now: string,
    t: Tenant,
  ) => Promise<{ command: JobCommand; writes?: Write[] }> | { command: JobCommand; writes?: Write[] },
): Promise<void> {
  const { caller } = request;
  if (caller.kind !== 'vendor') throw notFound();
  const { jobId } = request.params;
  const t = tenant(caller.shopId);
  await once(idempotencyOf(t), request as ApiRequest, async (record) => {
    const { vendorName } = await openRequest(caller, jobId);
    const outcome = await changeJob(t, jobId, { kind: 'vendor', name: vendorName }, async (loaded, now) => {
      // Somebody may have taken the request back at this moment.
      await openRequest(caller, jobId);
      const { command, writes = [] } = await plan(loaded, now, t);
      return { command, writes: () => [...writes, ...record({})] };
    });
    if (outcome === 'no_such_job') throw notFound();
    if ('refusal' in outcome) throw refused(outcome.refusal);
    return {};
  });
}
