import * as routes from '#contract/routes/farm.ts';
import { heartbeatSeconds } from '#contract/mqtt.ts';
import { now } from '../../adapters/clock.ts';
import { sha256 } from '../../adapters/hash.ts';
import { newId } from '../../adapters/ids.ts';
import { agents, claims, commitWithShop } from '../../adapters/dynamo/directory.ts';
import { createAgent, loadMachine } from '../../adapters/dynamo/repositories/farm.ts';
import { putMachine } from '../../adapters/dynamo/repositories/runs.ts';
import { tenant } from '../../adapters/dynamo/tenant.ts';
import { enrolThing } from '../../adapters/iot/enrol.ts';
import { environment } from '../../env.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';

const { AGENT_ENDPOINT, AGENT_AUTHORITY } = environment('AGENT_ENDPOINT', 'AGENT_AUTHORITY');

export const enrolAgent = implement(routes.enrolAgent, async ({ body }) => {
  const claim = await claims.take(sha256(body.code.toUpperCase()));
  const instant = now();
  if (!claim || claim.expiresAt <= instant)
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

  const machines = (await Promise.all(claim.machineIds.map((id) => loadMachine(t, id)))).filter(
    (machine) => machine !== undefined,
  );
  await commitWithShop(t.shopId, [
    createAgent(
      t,
      {
        id: agentId,
        shopId: t.shopId,
        machineIds: machines.map((machine) => machine.id),
        certificateId: thing.certificateId,
        contact: 'lost',
        lastSeenAt: instant,
        factSeq: 0,
        createdAt: instant,
      },
      instant,
    ),
    agents.write(agentId, t.shopId),
    ...machines.map((machine) =>
      putMachine(t, { ...machine, agentId, version: machine.version + 1 }, machine.version),
    ),
  ]);
  return {
    agentId,
    shopId: t.shopId,
    certificate: thing.certificate,
    authority: AGENT_AUTHORITY,
    endpoint: AGENT_ENDPOINT,
    heartbeatSeconds,
    machines: machines.map(({ id, name }) => ({ id, name })),
  };
});
