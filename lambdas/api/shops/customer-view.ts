import type { CustomerView } from '#contract/routes/customers.ts';
import type { Customer } from '#domain/customer/customer.ts';
import type { MailTrouble } from '#domain/mail/mail-fate.ts';
import { isExpired } from '#domain/price/tax.ts';
import type { ShopCaller } from '../../http/caller.ts';

/** What of the shop a customer's view depends on. */
export interface ShopToday {
  /** `YYYY-MM-DD` where the shop is. */
  today: string;
  /** Addresses that take no mails. */
  troubles: readonly MailTrouble[];
}

/**
 * The customer as the caller may see them: to themselves what is on their card.
 */
export function customerView(
  customer: Customer,
  caller: ShopCaller,
  { today, troubles }: ShopToday,
): CustomerView {
  const {
    id,
    name,
    email,
    company,
    phone,
    billingContact,
    addresses = [],
    version = 0,
    createdAt,
  } = customer;
  const card: CustomerView = {
    id,
    name,
    email,
    company,
    phone,
    billingContact: billingContact && { name: billingContact.name, email: billingContact.email },
    addresses: addresses.map((each) => ({ ...each, defaultFor: [...each.defaultFor] })),
    version,
    createdAt,
  };
  if (caller.kind !== 'staff') return card;
  const { priceTerms, note, archivedAt } = customer;
  const trouble = troubles.find((each) => each.email === email);
  return {
    ...card,
    priceTerms,
    note,
    archivedAt,
    taxWarning: taxWarning(customer, today),
    mailTrouble: trouble && {
      email,
      kind: trouble.kind,
      reason: trouble.reason,
      since: trouble.since,
    },
  };
}

function taxWarning({ priceTerms }: Customer, today: string): string | undefined {
  const tax = priceTerms?.tax;
  if (tax?.kind !== 'exempt' || !isExpired(tax, today)) return undefined;
  return `Certificate ${tax.certificate} ended on ${tax.expiresOn ?? ''}: tax is charged again. Ask for a new one.`;
}
