import * as routes from '#contract/routes/portal.ts';
import { openWindow, windowEnd } from '#domain/customer/sign-in-code.ts';
import type { Customer } from '#domain/customer/customer.ts';
import { now } from '../../adapters/clock.ts';
import { sha256 } from '../../adapters/hash.ts';
import { newId } from '../../adapters/ids.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import { countTry, loadCode, takeCode } from '../../adapters/dynamo/repositories/sign-in-codes.ts';
import {
  createCustomer,
  emailHash as hashOf,
  findCustomer,
} from '../../adapters/dynamo/repositories/customers.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { signToken } from '../../adapters/session/signer.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { shopOf } from './shop-of.ts';
import { tooMany } from './too-many.ts';

const sessionSeconds = 30 * 86_400;

const wrongCode = () =>
  new ApiError('unauthenticated', 'This code is wrong or over. Ask for a new one.', 'code');

export const openSession = implement(routes.openSession, async ({ params, body }) => {
  const t = await shopOf(params.slug, routes.openSession);
  await useCode(t, body.email, body.code);
  const customer = await customerOf(t, body.email, body.name ?? body.email.split('@')[0] ?? body.email);
  const session = await signToken('session', { shopId: t.shopId, customerId: customer.id }, sessionSeconds);
  return { ...session, customerId: customer.id, name: customer.name };
});

/** A code works once, for ten minutes; an address has five wrong tries in a window, whatever codes it asks for meanwhile. */
async function useCode(t: Tenant, email: string, code: string): Promise<void> {
  const emailHash = hashOf(email);
  const stored = await countTry(t, emailHash);
  if (!stored) {
    const usedUp = openWindow(await loadCode(t, emailHash), now());
    throw usedUp ? tooMany(windowEnd(usedUp)) : wrongCode();
  }
  const hash = sha256(`${emailHash}|${code}`);
  if (stored.expiresAt <= now() || hash !== stored.codeHash || !(await takeCode(t, emailHash, hash)))
    throw wrongCode();
}

async function customerOf(t: Tenant, email: string, name: string): Promise<Customer> {
  const known = await findCustomer(t, email);
  if (known) return known;
  const customer: Customer = { id: newId('cus'), name, email, version: 1, createdAt: now() };
  try {
    await commit(t.client, createCustomer(t, customer));
    return customer;
  } catch (error) {
    const other = error instanceof ConflictError ? await findCustomer(t, email) : undefined;
    if (!other) throw error;
    return other;
  }
}
