import { commit, put, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';

/** The newest try to take money online for an invoice or a job: a payment page, or a charge of a stored method. */
export interface PaymentTry {
  /** The id of the invoice or job. */
  target: string;
  number: number;
  /** When it was claimed; missing from rows written before this was kept. */
  at?: string;
  account: string;
  label: string;
  amountMinor: number;
  page?: { returnPath: string; keepFor?: string | undefined };
  charge?: { methodId: string; customerId: string };
  /** Of the page; missing from the claim until the provider has answered. */
  sessionId?: string;
  /** Of the charge; missing until the provider has answered and the books know. */
  outcome?: 'paid' | 'pending' | 'failed';
}

export async function findTry({ entities }: Tenant, target: string): Promise<PaymentTry | undefined> {
  return (await entities.paymentTry.get({ target }).go({ consistent: true })).data ?? undefined;
}

/** Takes the place of the try before it: of two callers one succeeds. */
export const claimTry = ({ entities }: Tenant, wanted: PaymentTry): Write =>
  put(
    'try',
    wanted.number === 1
      ? entities.paymentTry.create(wanted).params()
      : entities.paymentTry
          .put(wanted)
          .where(({ number }, { eq }) => eq(number, wanted.number - 1))
          .params(),
  );

/** Stores the provider's answer to a claim, unless a later try took its place. */
export async function storeTry(t: Tenant, answered: PaymentTry): Promise<void> {
  const write = t.entities.paymentTry
    .put(answered)
    .where(({ number }, { eq }) => eq(number, answered.number))
    .params();
  await commit(t.client, [put('try', write)]);
}

/** Who a customer is at the provider, and the card that they let the shop keep. */
export interface StoredMethod {
  customerId: string;
  account: string;
  providerCustomerId: string;
  method?: { id: string; brand: string; last4: string; expires: string; agreedAt: string };
  version: number;
}

export async function findStoredMethod(
  { entities }: Tenant,
  customerId: string,
): Promise<StoredMethod | undefined> {
  return (await entities.storedMethod.get({ customerId }).go({ consistent: true })).data ?? undefined;
}

/** Writes a row whose version was one lower when it was read. */
export const putStoredMethod = ({ entities }: Tenant, row: StoredMethod): Write =>
  put(
    'storedMethod',
    row.version === 1
      ? entities.storedMethod.create(row).params()
      : entities.storedMethod
          .put(row)
          .where(({ version }, { eq }) => eq(version, row.version - 1))
          .params(),
  );
