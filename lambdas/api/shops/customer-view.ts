import type { CustomerView } from '#contract/routes/customers.ts';
import type { Customer } from '#domain/customer/customer.ts';
import { isExpired } from '#domain/price/tax.ts';
import type { ShopCaller } from '../../http/caller.ts';

/**
 * The customer as the caller may see them: to themselves what is on their card.
 * @param today `YYYY-MM-DD` where the shop is
 */
export function customerView(customer: Customer, caller: ShopCaller, today: string): CustomerView {
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
  return { ...card, priceTerms, note, archivedAt, taxWarning: taxWarning(customer, today) };
}

function taxWarning({ priceTerms }: Customer, today: string): string | undefined {
  const tax = priceTerms?.tax;
  if (tax?.kind !== 'exempt' || !isExpired(tax, today)) return undefined;
  return `Certificate ${tax.certificate} ended on ${tax.expiresOn ?? ''}: tax is charged again. Ask for a new one.`;
}
