import { findWords } from '#domain/platform/find-words.ts';
import { afterVainLook, countRemoved, shutOut, takeDeletion, type Closing } from '#domain/shop/closing.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { commitWithShop } from '../adapters/dynamo/commit-with-shop.ts';
import {
  commitDirectory,
  directoryRows,
  goneShops,
  memberships,
  type GoneShop,
} from '../adapters/dynamo/directory.ts';
import { linksOfShop } from '../adapters/dynamo/links-of-shop.ts';
import { removeRows } from '../adapters/dynamo/remove-rows.ts';
import { closingWrite, loadClosing, removeClosing } from '../adapters/dynamo/repositories/closings.ts';
import { loadAgent } from '../adapters/dynamo/repositories/farm.ts';
import { findShop } from '../adapters/dynamo/repositories/shops.ts';
import { pageOf, rowsUnder, wholeShop, type Whole } from '../adapters/dynamo/repositories/whole-shop.ts';
import { loadWorkflow } from '../adapters/dynamo/repositories/workflows.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { removeThing } from '../adapters/iot/remove.ts';
import { discard } from '../adapters/s3/files.ts';
import { objectsAfter } from '../adapters/s3/shop-objects.ts';
import { stopExecution } from '../adapters/sfn/executions.ts';
import { logger } from '../logger.ts';

/** While it runs nobody else deletes; longer than the function lives. */
const leaseMs = 6 * 60_000;
const inParallel = 20;

class OutOfTime extends Error {}

/**
 * Deletes a shop whose time is over. First the ways in are closed. When nobody who was let in before can add to it any more, everything
 * goes that is found by any way, again and again until nothing is found for longer than a function lives. What is gone is not found again,
 * so only the count and two instants have to be remembered. Goes on where `until` (milliseconds since 1970) has stopped it.
 */
export async function workOnDeletion(t: Tenant, until: number): Promise<void> {
  const found = await loadClosing(t);
  const instant = now();
  const taken = found && takeDeletion(found, instant, new Date(Date.parse(instant) + leaseMs).toISOString());
  if (!taken || !(await stored(t, taken))) return;
  const removal: Removal = { t, closing: taken, until };
  try {
    if (!taken.shutOutAt) {
      await closeWaysIn(removal);
      await stored(t, shutOut(removal.closing, now()));
      return;
    }
    let begunAt: string;
    let removed: number;
    do {
      begunAt = now();
      removed = (await closeWaysIn(removal)) + (await removeWhole(removal));
    } while (removed > 0);
    const next = afterVainLook(removal.closing, begunAt);
    if (next) await stored(t, next);
    else await finish(removal);
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    await stored(t, {
      ...removal.closing,
      leaseUntil: now(),
      revision: removal.closing.revision + 1,
    });
  }
}

interface Removal {
  t: Tenant;
  closing: Closing;
  until: number;
}

async function stored(t: Tenant, closing: Closing): Promise<boolean> {
  try {
    await commit(t.client, [closingWrite(t, closing)]);
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}

/** Notes what was deleted. @throws OutOfTime when the rest is for the next one */
async function count(removal: Removal, kind: string, removed: number): Promise<void> {
  if (removed > 0) {
    const after = countRemoved(removal.closing, { [kind]: removed }, now());
    await commit(removal.t.client, [closingWrite(removal.t, after)]);
    removal.closing = after;
  }
  if (Date.now() >= removal.until) throw new OutOfTime();
}

/**
 * From here on the shop's id and address lead nowhere, its people are no members, and its agents have no powers.
 * @returns how many ways in there were
 */
async function closeWaysIn(removal: Removal): Promise<number> {
  const { t, closing } = removal;
  const { shopId } = t;
  const shop = await findShop(t);
  const before = await goneShops.find(shopId);
  let gone: GoneShop = before ?? {
    shopId,
    slug: shop?.slug ?? '',
    askedAt: closing.askedAt,
    askedBy: closing.askedBy.personId,
    begunAt: now(),
  };
  if (!before) await commitDirectory([goneShops.write(gone)]);
  if (shop) {
    await commitDirectory([
      directoryRows.closeSlug(shop.slug),
      ...directoryRows.removeFinder({ ...shop, shopId }, findWords(shop)),
    ]);
    if (shop.paymentAccountId) await commitDirectory([directoryRows.removeAccount(shop.paymentAccountId)]);
  }
  await retireAgents(t);
  const members = await memberships.listOf(shopId);
  for (const { personId } of members) {
    const others = (await memberships.list(personId)).filter((each) => each.shopId !== shopId);
    if (others.length === 0) gone = { ...gone, leftPeople: [...(gone.leftPeople ?? []), personId] };
    await commitDirectory([directoryRows.removeMembership(personId, shopId), goneShops.write(gone)]);
    await count(removal, 'membership', 1);
  }
  let removed = members.length;
  for (;;) {
    const links = await linksOfShop(shopId);
    if (links.length === 0) return removed;
    await commitDirectory(links.map(directoryRows.removeLink));
    removed += links.length;
    await count(removal, 'link', links.length);
  }
}

/** Their rows go with the others. */
async function retireAgents(t: Tenant): Promise<void> {
  let cursor: string | undefined;
  do {
    const { keys, next } = await pageOf(t, 'agents', cursor);
    for (const agentId of keys) {
      const agent = await loadAgent(t, agentId);
      if (agent) await removeThing(agentId, agent);
      await commitDirectory([directoryRows.removeAgent(agentId)]);
    }
    cursor = next;
  } while (cursor !== undefined);
}

/** One round through everything. @returns how many things were found */
async function removeWhole(removal: Removal): Promise<number> {
  let removed = 0;
  for (const kind of wholeShop) {
    let cursor: string | undefined;
    do {
      const { keys, next } = await pageOf(removal.t, kind, cursor);
      for (const key of keys) removed += await removeUnder(removal, kind, key);
      cursor = next;
    } while (cursor !== undefined);
  }
  return removed + (await removeObjects(removal));
}

async function removeUnder(removal: Removal, kind: Whole, key: string): Promise<number> {
  const { t } = removal;
  if (kind === 'jobs' || kind === 'logged') {
    const workflow = await loadWorkflow(t, key);
    if (workflow) await stopExecution(workflow.executionName);
  }
  const rows = await rowsUnder(t, kind, key);
  await removeRows(t.client, rows);
  await count(removal, kind === 'logged' ? 'jobs' : kind, rows.length);
  return rows.length;
}

async function removeObjects(removal: Removal): Promise<number> {
  const { shopId } = removal.t;
  let removed = 0;
  for (;;) {
    const page = await objectsAfter(shopId, undefined);
    if (page.length === 0) return removed;
    for (let at = 0; at < page.length; at += inParallel)
      await Promise.all(page.slice(at, at + inParallel).map(({ key }) => discard(shopId, key)));
    removed += page.length;
    await count(removal, 'objects', page.length);
  }
}

/** The last row goes, and the record of the deletion says when and how much it was. */
async function finish({ t, closing }: Removal): Promise<void> {
  const gone = await goneShops.find(t.shopId);
  if (!gone) throw new Error(`The deletion of ${t.shopId} has no record`);
  await commitWithShop(t.shopId, [
    removeClosing(t, closing),
    goneShops.write({ ...gone, finishedAt: now(), removed: closing.removed }),
  ]);
  logger.info('a shop is deleted', { shopId: t.shopId, removed: closing.removed });
}
