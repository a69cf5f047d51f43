import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { id } from '#contract/ids.ts';
import { shopTag } from '#contract/rights.ts';
import { environment } from '../env.ts';

const { SHOP_ROLE_ARN: RoleArn } = environment('SHOP_ROLE_ARN');

/** AWS allows no more where one role assumes another. */
const sessionSeconds = 3600;
/** The SDK asks for fresh credentials so long before the old ones end. */
const sdkMarginMs = 5 * 60_000;
const mostRemembered = 1000;

export interface Session {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

const remembered = new Map<string, Promise<Session>>();

/** One call of STS, shared by all who wait for it. A failed one is not remembered. */
function assume(shopId: string): Promise<Session> {
  id('shop').parse(shopId);
  const session = fromTemporaryCredentials({
    params: {
      RoleArn,
      RoleSessionName: shopId,
      DurationSeconds: sessionSeconds,
      Tags: [{ Key: shopTag, Value: shopId }],
    },
  })();
  remembered.delete(shopId);
  const oldest = remembered.keys().next();
  if (remembered.size >= mostRemembered && !oldest.done) remembered.delete(oldest.value);
  remembered.set(shopId, session);
  session.catch(() => {
    if (remembered.get(shopId) === session) remembered.delete(shopId);
  });
  return session;
}

const endOf = ({ expiration }: Session): number => expiration?.getTime() ?? 0;

async function sessionFor(shopId: string, atLeastMs: number): Promise<Session> {
  const pending = remembered.get(shopId) ?? assume(shopId);
  const session = await pending;
  if (endOf(session) - Date.now() > atLeastMs) return session;
  // The first who finds it too old asks anew, the others wait with it.
  return remembered.get(shopId) === pending ? assume(shopId) : sessionFor(shopId, atLeastMs);
}

/**
 * The second wall: credentials that AWS itself confines to one shop, by the tag they are assumed with. Kept in memory, so that a
 * shop costs one call of STS an hour and not one per request.
 * @param linksLiveMs how long links that are signed with them have to hold; signed links end with the credentials
 */
export const credentialsOf =
  (shopId: string, linksLiveMs = 0): (() => Promise<Session>) =>
  async () => {
    const session = await sessionFor(shopId, linksLiveMs + sdkMarginMs);
    // The SDK keeps them until shortly before they end: for links they end earlier.
    return { ...session, expiration: new Date(endOf(session) - linksLiveMs) };
  };
