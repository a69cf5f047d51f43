import type { Route } from '#contract/route.ts';
import { isOpen } from '#domain/platform/support.ts';
import type { Standing } from '#domain/platform/standing.ts';
import { now } from '../adapters/clock.ts';
import { commit } from '../adapters/dynamo/commit.ts';
import { createVisitAct, findSupportEntry, removeVisitAct } from '../adapters/dynamo/repositories/support.ts';
import { loadStanding } from '../adapters/dynamo/repositories/standings.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { newId } from '../adapters/ids.ts';
import type { Caller } from './caller.ts';
import { ApiError } from './problem.ts';

/** A suspension is in force everywhere after so long. */
const rememberedMs = 15_000;
const mostRemembered = 5000;
const remembered = new Map<string, { standing: Promise<Standing>; until: number }>();

/** How the shop stands with Kerf, at most a quarter of a minute old. */
export function standingOf(shopId: string): Promise<Standing> {
  const known = remembered.get(shopId);
  if (known && known.until > Date.now()) return known.standing;
  if (remembered.size >= mostRemembered) remembered.clear();
  const standing = loadStanding(tenant(shopId), false);
  remembered.set(shopId, { standing, until: Date.now() + rememberedMs });
  standing.catch(() => remembered.delete(shopId));
  return standing;
}

/** It has just been changed here. */
export const forgetStanding = (shopId: string): void => void remembered.delete(shopId);

/**
 * The one place where a suspension stops anybody: of a suspended shop its owner, and Kerf's support, still read; nothing else goes.
 * Machines and payment providers do not come this way, so nothing they tell is lost.
 * @throws ApiError `shop_suspended`; staff read why, others only that it is so
 */
export async function refuseSuspended(route: Route, shopId: string, who: Caller): Promise<void> {
  // What is a person's own matter: which shops they work for, opening another one.
  if (route.callers.person) return;
  const { suspension } = await standingOf(shopId);
  if (!suspension) return;
  if (who.kind !== 'staff')
    throw new ApiError(
      'shop_suspended',
      'This shop can not be reached here at present. Ask the shop itself.',
    );
  const reads = route.method === 'GET' && (who.role === 'owner' || who.visitId !== undefined);
  if (reads) return;
  throw new ApiError(
    'shop_suspended',
    `Kerf has suspended this shop: ${suspension.reason} Its owner can read and export everything meanwhile; write to Kerf to settle it.`,
  );
}

/**
 * A visit that is over admits nobody, and what is changed in one is written down before it happens.
 * @returns takes the entry away again: for a call that was refused
 * @throws ApiError unauthenticated
 */
export async function watchVisit(
  route: Route,
  who: Caller,
  target: Record<string, string>,
): Promise<(() => Promise<void>) | undefined> {
  if (who.kind !== 'staff' || who.visitId === undefined) return undefined;
  const t = tenant(who.shopId);
  const visit = await findSupportEntry(t, who.visitId);
  if (!visit || !isOpen(visit, now()))
    throw new ApiError('unauthenticated', 'This visit is over. Begin another one from the console.');
  if (route.method === 'GET') return undefined;
  const act = { id: newId('sup'), visitId: visit.id, at: now(), route: route.id, target };
  await commit(t.client, [createVisitAct(t, act)]);
  return () => removeVisitAct(t, act);
}
