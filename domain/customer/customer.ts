import type { Discount } from '../price/order-totals.ts';
import type { TaxStatus } from '../price/tax.ts';
import type { Address, CustomerAddress } from './address.ts';

/** A person to write to. `email` in lower case. */
export interface Contact {
  name: string;
  email: string;
}

/** Somebody who orders at one shop. */
export interface Customer extends Contact {
  id: string;
  company?: string | undefined;
  phone?: string | undefined;
  /** Gets a copy of what is to be paid. */
  billingContact?: Contact | undefined;
  /** By label; one is the default to ship to, one the default to bill to. */
  addresses?: readonly CustomerAddress[] | undefined;
  /** What the shop agreed with them; without, they pay list prices and tax. */
  priceTerms?: PriceTerms;
  /** The shop's own words, never shown to them. */
  note?: string | undefined;
  /** Out of lists and choices since; nothing of theirs is lost. */
  archivedAt?: string;
  /** Rises with every edit; rows from before there were edits have none. */
  version?: number;
  createdAt: string;
}

export interface PriceTerms {
  /** Off the goods of every order. */
  discountPercent: number;
  tax: TaxStatus;
  /** Days from the agreement to the payment of a purchase order; without, the template's. */
  dueDays?: number | undefined;
}

/** What customers and the shop may both say about a customer. */
export type ContactCard = Pick<
  Customer,
  'name' | 'email' | 'company' | 'phone' | 'billingContact' | 'addresses'
>;

/** The customer as they were when the job was saved or quoted; later edits of the contact never change it (JT-31). */
export interface CustomerSnapshot extends Contact {
  customerId: string;
  company?: string | undefined;
  phone?: string | undefined;
  billingContact?: Contact | undefined;
  shipTo?: Address | undefined;
  billTo?: Address | undefined;
  tax?: TaxStatus;
  /** Days to pay a purchase order in, where they are agreed with this customer. */
  dueDays?: number;
}

/**
 * What a job keeps of its customer.
 * @param shipTo label of the address to ship to; their default without one
 */
export function snapshotOf(customer: Customer, shipTo?: string): CustomerSnapshot {
  const { id, name, email, company, phone, billingContact, addresses = [], priceTerms } = customer;
  const labelled = addresses.find(({ label }) => label === shipTo);
  const to = labelled ?? defaultAddress(addresses, 'shipping');
  const bill = defaultAddress(addresses, 'billing');
  return {
    customerId: id,
    name,
    email,
    ...(company === undefined ? {} : { company }),
    ...(phone === undefined ? {} : { phone }),
    ...(billingContact === undefined ? {} : { billingContact }),
    ...(to ? { shipTo: bare(to) } : {}),
    ...(bill ? { billTo: bare(bill) } : {}),
    ...(priceTerms ? { tax: priceTerms.tax } : {}),
    ...(priceTerms?.dueDays === undefined ? {} : { dueDays: priceTerms.dueDays }),
  };
}

const defaultAddress = (addresses: readonly CustomerAddress[], use: 'shipping' | 'billing') =>
  addresses.find(({ defaultFor }) => defaultFor.includes(use));

function bare({ defaultFor: _, ...address }: CustomerAddress): Address {
  return address;
}

/** The customer's own discount as an order shows it. */
export const discountsOf = (terms: PriceTerms | undefined): Discount[] =>
  terms && terms.discountPercent > 0
    ? [{ kind: 'percent', label: 'Customer discount', percent: terms.discountPercent }]
    : [];
