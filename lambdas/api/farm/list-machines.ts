import * as routes from '#contract/routes/farm.ts';
import { listMachines as all } from '../../adapters/dynamo/repositories/farm.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { machineView } from './machine-view.ts';

export const listMachines = implement(routes.listMachines, async ({ caller }) => ({
  machines: (await all(inShop(caller).t)).map(({ machine, live }) => machineView(machine, live)),
}));
