import type { Discount } from '../price/order-totals.ts';
import type { TaxStatus } from '../price/tax.ts';

/** Somebody who orders at one shop. */
export interface Customer {
  id: string;
  name: string;
  /** Lower case. */
  email: string;
  /** What the shop agreed with them; without, they pay list prices and tax. */
  priceTerms?: PriceTerms;
  createdAt: string;
}

export interface PriceTerms {
  /** Off the goods of every order. */
  discountPercent: number;
  tax: TaxStatus;
}

/** The customer's own discount as an order shows it. */
export const discountsOf = (terms: PriceTerms | undefined): Discount[] =>
  terms && terms.discountPercent > 0
    ? [{ kind: 'percent', label: 'Customer discount', percent: terms.discountPercent }]
    : [];
