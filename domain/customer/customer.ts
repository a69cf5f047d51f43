import type { CustomerSnapshot } from '../job/job.ts';
import type { Discount } from '../price/order-totals.ts';
import type { TaxStatus } from '../price/tax.ts';

/** Somebody who orders at one shop. */
export interface Customer {
  id: string;
  name: string;
  /** Lower case. */
  email: string;
  /** Gets a copy of what is about money. */
  billingContact?: { name: string; email: string };
  /** What the shop agreed with them; without, they pay list prices and tax. */
  priceTerms?: PriceTerms;
  createdAt: string;
}

export interface PriceTerms {
  /** Off the goods of every order. */
  discountPercent: number;
  tax: TaxStatus;
}

/** The customer as a job keeps them. */
export const snapshotOf = ({ id, name, email, billingContact }: Customer): CustomerSnapshot => ({
  customerId: id,
  name,
  email,
  ...(billingContact ? { billingContact } : {}),
});

/** The customer's own discount as an order shows it. */
export const discountsOf = (terms: PriceTerms | undefined): Discount[] =>
  terms && terms.discountPercent > 0
    ? [{ kind: 'percent', label: 'Customer discount', percent: terms.discountPercent }]
    : [];
