import { createHmac, timingSafeEqual } from 'node:crypto';

/** How old a notice may be, so that a recorded one is of no use (docs.stripe.com/webhooks, replay attacks). */
const toleranceSeconds = 300;

/**
 * Whether `header` (`t=<seconds>,v1=<hex>`, more than one `v1` while a secret is being replaced) signs this body with this secret.
 * @param nowSeconds real time, since the provider signs in it
 */
export function isSigned(body: string, header: string, secret: string, nowSeconds: number): boolean {
  const [, stamp] = /^t=(\d+)(?:,v\d+=[0-9a-f]+)+$/.exec(header) ?? [];
  if (stamp === undefined || nowSeconds - Number(stamp) > toleranceSeconds) return false;
  const expected = createHmac('sha256', secret).update(`${stamp}.${body}`).digest();
  return [...header.matchAll(/,v1=([0-9a-f]+)/g)].some(([, hex = '']) => {
    const given = Buffer.from(hex, 'hex');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
