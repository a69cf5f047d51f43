import { shopApiHandler } from '../../http/shop-api.ts';
import { confirmBedClear } from './confirm-bed-clear.ts';
import { createClaim } from './create-claim.ts';
import { createMachine } from './create-machine.ts';
import { enrolAgent } from './enrol-agent.ts';
import { getLiveAccess } from './get-live-access.ts';
import { listMachines } from './list-machines.ts';

/** The farm context: one Lambda. */
export const handler = shopApiHandler([
  confirmBedClear,
  createClaim,
  createMachine,
  enrolAgent,
  getLiveAccess,
  listMachines,
]);
