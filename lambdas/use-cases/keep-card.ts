import type { Customer } from '#domain/customer/customer.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { findJob } from '../adapters/dynamo/repositories/jobs.ts';
import {
  findStoredMethod,
  putStoredMethod,
  type StoredMethod,
} from '../adapters/dynamo/repositories/online-payments.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { sha256 } from '../adapters/hash.ts';
import { findKeptCard, forgetCard, openProviderCustomer } from '../adapters/stripe/stripe.ts';
import { logger } from '../logger.ts';

/** Who the customer is at the provider, made known to it at the first need; of two callers at once both get the same. */
export async function providerCustomer(
  t: Tenant,
  { id, name, email }: Pick<Customer, 'id' | 'name' | 'email'>,
  account: string,
): Promise<StoredMethod> {
  const known = await findStoredMethod(t, id);
  if (known?.account === account) return known;
  const providerCustomerId = await openProviderCustomer(
    account,
    { name, email },
    sha256(`${t.shopId}|${account}|${id}`),
  );
  // Another account knows nothing of a card that the former one kept.
  const row = { customerId: id, account, providerCustomerId, version: (known?.version ?? 0) + 1 };
  try {
    await commit(t.client, [putStoredMethod(t, row)]);
    return row;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const faster = await findStoredMethod(t, id);
    if (!faster) throw error;
    return faster;
  }
}

/** A page was paid by a customer who agreed that the card is kept: it takes the place of the one before. Repeating it changes nothing. */
export async function keepCard(
  t: Tenant,
  jobId: string,
  account: string,
  providerCustomerId: string,
  paymentId: string,
): Promise<void> {
  const job = await findJob(t, jobId);
  const row = job && (await findStoredMethod(t, job.customer.customerId));
  if (row?.providerCustomerId !== providerCustomerId || row.account !== account)
    return logger.warn('a card was kept for a customer we do not know', { shopId: t.shopId, jobId });
  const card = await findKeptCard(account, paymentId, providerCustomerId);
  if (!card || card.id === row.method?.id) return;
  const method = { ...card, agreedAt: now() };
  await commit(t.client, [putStoredMethod(t, { ...row, method, version: row.version + 1 })]);
  if (row.method) await forgetCard(account, row.method.id);
}
