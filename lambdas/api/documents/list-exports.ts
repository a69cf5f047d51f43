import * as routes from '#contract/routes/exports.ts';
import { listExports as list } from '../../adapters/dynamo/repositories/exports.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { exportView } from './export-view.ts';

export const listExports = implement(routes.listExports, async ({ caller }) => ({
  exports: (await list(inShop(caller).t)).map(exportView),
}));
