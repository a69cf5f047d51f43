import * as routes from '#contract/routes/farm.ts';
import { clearBed } from '#domain/machine/machine.ts';
import { isRefusal } from '#domain/refusal.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { loadMachine } from '../../adapters/dynamo/repositories/farm.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { putMachine } from '../../adapters/dynamo/repositories/runs.ts';
import { once } from '../../http/once.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { machineView } from './machine-view.ts';

export const confirmBedClear = implement(routes.confirmBedClear, async (request) => {
  const { t } = inShop(request.caller);
  const { machineId } = request.params;
  await once(idempotencyOf(t), request, async (record) => {
    const machine = await loadMachine(t, machineId);
    if (!machine) throw notFound();
    const cleared = clearBed(machine);
    if (isRefusal(cleared)) throw refused(cleared);
    await commit(t.client, [putMachine(t, cleared, machine.version), ...record({ machineId })]);
    return { machineId };
  });
  const machine = await loadMachine(t, machineId);
  if (!machine) throw notFound();
  return machineView(machine);
});
