import * as routes from '#contract/routes/exports.ts';
import { askExport as ask } from '#domain/shop/shop-export.ts';
import { now } from '../../adapters/clock.ts';
import { newId } from '../../adapters/ids.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { exportWrite, listExports, loadExport } from '../../adapters/dynamo/repositories/exports.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { lastSeq } from '../../adapters/dynamo/repositories/outbox.ts';
import { once } from '../../http/once.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { exportView } from './export-view.ts';

export const askExport = implement(routes.askExport, async (request) => {
  const { t, caller } = inShop(request.caller);
  if (caller.kind !== 'staff') throw notFound();
  const { personId, name, email } = caller;
  const { exportId } = await once(idempotencyOf(t), request, async (record) => {
    const wish = {
      id: newId('exp'),
      shopId: t.shopId,
      askedAt: now(),
      askedBy: { personId, name, email },
      seq: (await lastSeq(t)).value,
    };
    const asked = ask(wish, await listExports(t));
    const result = { exportId: asked.id };
    await commit(t.client, [...(asked.id === wish.id ? [exportWrite(t, asked)] : []), ...record(result)]);
    return result;
  });
  const made = await loadExport(t, exportId);
  if (!made) throw notFound();
  return exportView(made);
});
