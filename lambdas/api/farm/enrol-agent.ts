import * as routes from '#contract/routes/farm.ts';
import { heartbeatSeconds } from '#contract/mqtt.ts';
import { now } from '../../adapters/clock.ts';
import { sha256 } from '../../adapters/hash.ts';
import { newId } from '../../adapters/ids.ts';
import { claims, goneShops } from '../../adapters/dynamo/directory.ts';
import { tenant } from '../../adapters/dynamo/tenant.ts';
import { enrolThing } from '../../adapters/iot/enrol.ts';
import { environment } from '../../env.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { takeMachines } from './take-machines.ts';

const { AGENT_ENDPOINT, AGENT_AUTHORITY, AGENT_RULES } = environment(
  'AGENT_ENDPOINT',
  'AGENT_AUTHORITY',
  'AGENT_RULES',
);

export const enrolAgent = implement(routes.enrolAgent, async ({ body }) => {
  const claim = await claims.take(sha256(body.code.toUpperCase()));
  const instant = now();
  if (!claim || claim.expiresAt <= instant || (await goneShops.find(claim.shopId)))
    throw new ApiError(
      'unauthenticated',
      'This code is wrong, used or over. Make a new one under Machines.',
      'code',
    );

  const t = tenant(claim.shopId);
  const agentId = newId('agt');
  const thing = await enrolThing(agentId, t.shopId, body.csr);
  if (!thing)
    throw new ApiError(
      'invalid_request',
      'csr: is not a certificate request we can sign. Make a new code and try again.',
      'csr',
    );

  const { certificateId, certificateArn } = thing;
  const machines = await takeMachines(
    t,
    {
      id: agentId,
      shopId: t.shopId,
      certificateId,
      certificateArn,
      contact: 'lost',
      lastSeenAt: instant,
      factSeq: 0,
      createdAt: instant,
    },
    claim.machineIds,
  );
  return {
    agentId,
    shopId: t.shopId,
    certificate: thing.certificate,
    authority: AGENT_AUTHORITY,
    endpoint: AGENT_ENDPOINT,
    rulePrefix: AGENT_RULES,
    heartbeatSeconds,
    machines: machines.map(({ id, name }) => ({ id, name })),
  };
});
