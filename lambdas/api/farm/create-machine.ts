import * as routes from '#contract/routes/farm.ts';
import type { Machine } from '#domain/machine/machine.ts';
import { now } from '../../adapters/clock.ts';
import { newId } from '../../adapters/ids.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { createMachine as machineRow } from '../../adapters/dynamo/repositories/farm.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { once } from '../../http/once.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { needMachine } from '../within-plan.ts';
import { machineView } from './machine-view.ts';

export const createMachine = implement(routes.createMachine, async (request) => {
  const { t } = inShop(request.caller);
  const machine = await once(idempotencyOf(t), request, async (record) => {
    await needMachine(t);
    const made: Machine = {
      id: newId('mac'),
      ...request.body,
      bed: 'clear',
      version: 1,
      createdAt: now(),
    };
    await commit(t.client, [machineRow(t, made), ...record(made)]);
    return made;
  });
  return machineView(machine);
});
