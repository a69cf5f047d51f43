import * as routes from '#contract/routes/quality.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import { loadChecklists, putChecklist } from '../../adapters/dynamo/repositories/quality.ts';
import { ApiError, notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';

const stale = (version: number) =>
  new ApiError(
    'stale',
    `The checklist is at version ${version} by now. Load it again and repeat your change.`,
    'If-Match',
  );

export const replaceChecklist = implement(routes.replaceChecklist, async ({ caller, body, ifMatch }) => {
  const { t } = inShop(caller);
  const current = (await loadChecklists(t)).find(({ id }) => id === body.id);
  if (!current) throw notFound();
  if (current.version !== ifMatch) throw stale(current.version);
  const next = { ...body, version: current.version + 1 };
  try {
    await commit(t.client, [putChecklist(t, next)]);
  } catch (error) {
    throw error instanceof ConflictError ? stale(next.version) : error;
  }
  return next;
});
