import { apiHandler } from '../../http/stack.ts';
import { changePlan } from './change-plan.ts';
import { endVisit } from './end-visit.ts';
import { findShops } from './find-shops.ts';
import { getOperator } from './get-operator.ts';
import { getShopSummary } from './get-shop-summary.ts';
import { liftSuspension } from './lift-suspension.ts';
import { listStuckJobs } from './list-stuck-jobs.ts';
import { listTroubles } from './list-troubles.ts';
import { restartWorkflow } from './restart-workflow.ts';
import { dismissTrouble, retryTrouble } from './retry-trouble.ts';
import { suspendShop } from './suspend-shop.ts';
import { visitShop } from './visit-shop.ts';

/** The operators' console: one Lambda. Its callers belong to no shop, so no shop's limits or suspension count. */
export const handler = apiHandler([
  changePlan,
  dismissTrouble,
  endVisit,
  findShops,
  getOperator,
  getShopSummary,
  liftSuspension,
  listStuckJobs,
  listTroubles,
  restartWorkflow,
  retryTrouble,
  suspendShop,
  visitShop,
]);
