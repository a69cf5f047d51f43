import * as routes from '#contract/routes/farm.ts';
import { now } from '../../adapters/clock.ts';
import { claimCode, sha256 } from '../../adapters/hash.ts';
import type { Write } from '../../adapters/dynamo/commit.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { commitWithShop } from '../../adapters/dynamo/commit-with-shop.ts';
import { claims } from '../../adapters/dynamo/directory.ts';
import { loadMachine } from '../../adapters/dynamo/repositories/farm.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { once } from '../../http/once.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';

const claimMinutes = 15;

export const createClaim = implement(routes.createClaim, async (request) => {
  const { t } = inShop(request.caller);
  const { machineIds } = request.body;
  // The code itself is kept nowhere: a repeated call gets one of its own.
  const made = await once(idempotencyOf(t), request, async (record) => {
    const machines = await Promise.all(machineIds.map((id) => loadMachine(t, id)));
    if (machines.includes(undefined))
      throw new ApiError('invalid_request', 'Name machines of the shop.', 'machineIds');
    return makeClaim(t, machineIds, record({}));
  });
  return 'code' in made ? made : makeClaim(t, machineIds, []);
});

async function makeClaim(
  t: Tenant,
  machineIds: string[],
  also: Write[],
): Promise<{ code: string; expiresAt: string }> {
  const code = claimCode();
  const expiresAt = new Date(Date.parse(now()) + claimMinutes * 60_000).toISOString();
  await commitWithShop(t.shopId, [
    claims.write(sha256(code), { shopId: t.shopId, machineIds, expiresAt }),
    ...also,
  ]);
  return { code, expiresAt };
}
