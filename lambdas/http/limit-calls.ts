import { leaseSize, minuteOf, nextMinute, spend, type Lease } from '#domain/limit/lease.ts';
import { now } from '../adapters/clock.ts';
import { leaseCalls } from '../adapters/dynamo/repositories/call-counts.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { sha256 } from '../adapters/hash.ts';
import { environment } from '../env.ts';
import { callerKey, type Caller } from './caller.ts';
import { ApiError } from './problem.ts';

const { CALLS_PER_MINUTE } = environment('CALLS_PER_MINUTE');
/** So many members of a shop, as many of its customers, and as many others, may use their allowance to the full at the same time. */
const fullCallersOfSide = 4;

interface Counted {
  lease?: Lease | undefined;
  /** The minute whose allowance is used up. */
  over?: number;
  /** All who need a lease wait for the same one. */
  leasing?: Promise<void> | undefined;
}

const counted = new Map<string, Counted>();
const mostCounted = 5000;

/**
 * Lets a caller of a shop make so many calls a minute; all its staff together four times as many, all its customers, and all who hold a
 * link as well, so that accounts which anybody can make shut nobody else out. One write counts a
 * twentieth of an allowance: 1/15 + 1/60 writes per call at 300 calls a minute, about 5 cents per million calls.
 * @param share times the installation's allowance: what the shop's plan says
 * @throws ApiError `too_many_requests` with the instant at which the next minute begins
 */
export async function limitCalls(who: Caller, share: number): Promise<void> {
  if (!('shopId' in who)) return;
  const callsPerMinute = CALLS_PER_MINUTE * share;
  await count(who.shopId, sha256(callerKey(who)).slice(0, 32), callsPerMinute);
  const side = who.kind === 'staff' || who.kind === 'customer' ? who.kind : 'others';
  await count(who.shopId, side, callsPerMinute * fullCallersOfSide);
}

async function count(shopId: string, subject: string, callsPerMinute: number): Promise<void> {
  const key = `${shopId} ${subject}`;
  const known = counted.get(key) ?? {};
  if (counted.size >= mostCounted && !counted.has(key)) counted.clear();
  counted.set(key, known);
  for (;;) {
    const minute = minuteOf(now());
    const spent = spend(known.lease, minute);
    if (spent) {
      known.lease = spent;
      return;
    }
    if (known.over === minute)
      throw new ApiError(
        'too_many_requests',
        `More than ${callsPerMinute} calls in a minute. Wait for the next one.`,
        undefined,
        nextMinute(minute),
      );
    known.leasing ??= lease(shopId, subject, minute, callsPerMinute, known).finally(() => {
      known.leasing = undefined;
    });
    await known.leasing;
  }
}

async function lease(
  shopId: string,
  subject: string,
  minute: number,
  callsPerMinute: number,
  known: Counted,
): Promise<void> {
  const size = leaseSize(callsPerMinute);
  if (await leaseCalls(tenant(shopId), subject, minute, { size, callsPerMinute }))
    known.lease = { minute, left: size };
  else known.over = minute;
}
