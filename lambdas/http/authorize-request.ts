import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
} from 'aws-lambda';
import { id } from '#contract/ids.ts';
import { supportName } from '#domain/platform/support.ts';
import { now } from '../adapters/clock.ts';
import { sha256 } from '../adapters/hash.ts';
import { goneShops, links, memberships, vendorLinks, type Membership } from '../adapters/dynamo/directory.ts';
import { verifyToken } from '../adapters/session/signer.ts';
import { verifyStaffToken } from '../adapters/session/staff.ts';
import { logger } from '../logger.ts';
import type { Caller } from './caller.ts';

/**
 * The one place that reads a credential. It always lets the request pass and says who calls: API Gateway would turn a "no"
 * into 403, while the contract promises 401, and public routes need no caller at all.
 */
export async function handler(
  event: APIGatewayRequestAuthorizerEventV2,
): Promise<APIGatewaySimpleAuthorizerWithContextResult<{ caller: string }>> {
  const headers = event.headers ?? {};
  const caller = await callerOf(headers['authorization'], headers['kerf-shop']);
  return { isAuthorized: true, context: { caller: JSON.stringify(caller) } };
}

const nobody: Caller = { kind: 'nobody' };

async function callerOf(authorization: string | undefined, shop: string | undefined): Promise<Caller> {
  const [, scheme, credential] =
    /^(Bearer|Link|Vendor) ([A-Za-z0-9._~+/=-]{20,4000})$/.exec(authorization ?? '') ?? [];
  if (!scheme || !credential) return nobody;
  try {
    if (scheme === 'Link') return await byLink(credential);
    if (scheme === 'Vendor') return await byVendorLink(credential);
    return (
      (await bySession(credential)) ??
      (await byVisit(credential)) ??
      (await byStaffToken(credential, shop)) ??
      nobody
    );
  } catch (error) {
    logger.error('a credential could not be judged', {
      error: error instanceof Error ? error : new Error('unknown'),
    });
    throw error;
  }
}

async function byLink(secret: string): Promise<Caller> {
  const link = await links.find(sha256(secret));
  if (!link || link.expiresAt <= now()) return nobody;
  return { kind: 'link', shopId: link.shopId, customerId: link.customerId, jobId: link.jobId };
}

async function byVendorLink(secret: string): Promise<Caller> {
  const link = await vendorLinks.find(sha256(secret));
  if (!link || link.expiresAt <= now()) return nobody;
  const { expiresAt: _, ...opens } = link;
  return { kind: 'vendor', ...opens };
}

async function bySession(token: string): Promise<Caller | undefined> {
  const session = await verifyToken('session', token);
  if (session && (await isGone(session.shopId))) return nobody;
  return session && { kind: 'customer', shopId: session.shopId, customerId: session.customerId };
}

const goneCacheMs = 10_000;
const notGone = new Map<string, number>();

/** Sessions and visits outlive their shop; once it is deleted they open nothing. Asked for once in ten seconds. */
async function isGone(shopId: string): Promise<boolean> {
  if ((notGone.get(shopId) ?? 0) > Date.now()) return false;
  if (await goneShops.find(shopId)) return true;
  if (notGone.size > 1000) notGone.clear();
  notGone.set(shopId, Date.now() + goneCacheMs);
  return false;
}

async function byVisit(token: string): Promise<Caller | undefined> {
  const visit = await verifyToken('visit', token);
  if (visit && (await isGone(visit.shopId))) return nobody;
  return visit && { kind: 'staff', ...visit, name: supportName, role: 'admin' };
}

async function byStaffToken(token: string, shop: string | undefined): Promise<Caller | undefined> {
  const verified = await verifyStaffToken(token);
  if (!verified) return undefined;
  const { isOperator, ...person } = verified;
  // Whoever runs Kerf works in no shop, whatever memberships they may have.
  if (isOperator) return { kind: 'operator', ...person };
  if (shop === undefined) return { kind: 'person', ...person };
  const membership = id('shop').safeParse(shop).success
    ? await membershipOf(person.personId, shop)
    : undefined;
  if (!membership) return { kind: 'stranger', ...person };
  return { kind: 'staff', ...person, shopId: membership.shopId, role: membership.role };
}

const cacheMs = 30_000;
const remembered = new Map<string, { membership: Membership | undefined; until: number }>();

/** A removed member is out within half a minute; strangers are looked up every time. */
async function membershipOf(personId: string, shopId: string): Promise<Membership | undefined> {
  const key = `${personId}|${shopId}`;
  const known = remembered.get(key);
  if (known && known.until > Date.now()) return known.membership;
  const membership = await memberships.find(personId, shopId);
  if (remembered.size > 1000) remembered.clear();
  if (membership) remembered.set(key, { membership, until: Date.now() + cacheMs });
  else remembered.delete(key);
  return membership;
}
