import type { Customer } from '#domain/customer/customer.ts';
import { sha256 } from '../../hash.ts';
import { put, remove, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';

export const emailHash = (email: string): string => sha256(email.trim().toLowerCase());

export async function findCustomer(t: Tenant, email: string): Promise<Customer | undefined> {
  const { data } = await t.entities.customerAddress
    .get({ emailHash: emailHash(email) })
    .go({ consistent: true });
  return data ? loadCustomer(t, data.customerId) : undefined;
}

export async function loadCustomer({ entities }: Tenant, id: string): Promise<Customer | undefined> {
  return (await entities.customer.get({ id }).go({ consistent: true })).data ?? undefined;
}

const addressRow = ({ entities }: Tenant, { id, email }: Customer): Write =>
  put(
    'customerAddress',
    entities.customerAddress.create({ emailHash: emailHash(email), customerId: id }).params(),
  );

export const createCustomer = (t: Tenant, customer: Customer): Write[] => [
  put('customer', t.entities.customer.create(customer).params()),
  addressRow(t, customer),
];

/** Writes an edited customer that was `before` when it was read; a new address to sign in by must be nobody's (`customerAddress`). */
export function replaceCustomer(t: Tenant, before: Customer, after: Customer): Write[] {
  const { entities } = t;
  const row = put(
    'customer',
    entities.customer
      .put(after)
      .where(({ version }, { eq, notExists }) =>
        before.version === undefined ? notExists(version) : eq(version, before.version),
      )
      .params(),
  );
  if (before.email === after.email) return [row];
  const left = entities.customerAddress.remove({ emailHash: emailHash(before.email) }).params();
  return [row, remove('oldAddress', left), addressRow(t, after)];
}

export interface CustomerPage {
  customers: Customer[];
  cursor?: string;
}

/** The shop's customers, newest first; archived ones by themselves. A page may be shorter than asked for while more follow. */
export async function listCustomers(
  { entities }: Tenant,
  archived: boolean,
  page: { limit: number; cursor?: string | undefined },
): Promise<CustomerPage> {
  const { data, cursor } = await entities.customer.query
    .recent({})
    .where(({ archivedAt }, { exists, notExists }) => (archived ? exists(archivedAt) : notExists(archivedAt)))
    .go({ order: 'desc', limit: page.limit, cursor: page.cursor ?? null });
  return { customers: data, ...(cursor ? { cursor } : {}) };
}

/** The newest customers with the words in name, company, mail address or phone. Reads all of the shop's: no index knows parts of words. */
export async function searchCustomers(
  { entities }: Tenant,
  words: string,
  archived: boolean,
  limit: number,
): Promise<Customer[]> {
  const { data } = await entities.customer.query.recent({}).go({ order: 'desc', pages: 'all' });
  const wanted = words.toLowerCase();
  return data
    .filter((each) => (each.archivedAt !== undefined) === archived)
    .filter(({ name, email, company = '', phone = '', billingContact }) =>
      [name, email, company, phone, billingContact?.name ?? '', billingContact?.email ?? ''].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
    )
    .slice(0, limit);
}
