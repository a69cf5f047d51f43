import { refuse, type Refusal } from '../refusal.ts';

/** Where parcels or invoices go. */
export interface Address {
  /** What the customer calls it, e.g. `Workshop`; unique among theirs. */
  label: string;
  recipient: string;
  company?: string | undefined;
  street1: string;
  street2?: string | undefined;
  city: string;
  region?: string | undefined;
  postalCode?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  country: string;
  phone?: string | undefined;
}

export const addressUses = ['shipping', 'billing'] as const;
export type AddressUse = (typeof addressUses)[number];

export interface CustomerAddress extends Address {
  defaultFor: readonly AddressUse[];
}

/** Addresses that one customer may have. */
export const mostAddresses = 20;

/** The addresses with one default per use: the first one where none was named. Refused: two of one label, two defaults of one use. */
export function settleAddresses(addresses: readonly CustomerAddress[]): CustomerAddress[] | Refusal {
  const labels = addresses.map(({ label }) => label.toLowerCase());
  const twice = labels.findIndex((label, index) => labels.indexOf(label) !== index);
  if (twice >= 0)
    return refuse(
      'invalid',
      `Two addresses are called "${addresses[twice]?.label ?? ''}". Give each a name of its own.`,
      `addresses.${twice}.label`,
    );
  for (const use of addressUses) {
    const defaults = addresses.flatMap(({ defaultFor }, index) => (defaultFor.includes(use) ? [index] : []));
    if (defaults.length > 1)
      return refuse(
        'invalid',
        `Only one address can be the default for ${use}.`,
        `addresses.${defaults[1] ?? 0}.defaultFor`,
      );
  }
  const missing = addressUses.filter((use) => !addresses.some(({ defaultFor }) => defaultFor.includes(use)));
  return addresses.map((address, index) =>
    index === 0
      ? {
          ...address,
          defaultFor: addressUses.filter((use) => [...address.defaultFor, ...missing].includes(use)),
        }
      : address,
  );
}

/** The address as it is written on an envelope, line by line. */
export function addressLines(address: Address): string[] {
  const { recipient, company, street1, street2, city, region, postalCode, country } = address;
  const town = [city, region, postalCode].filter((word) => word !== undefined && word !== '').join(', ');
  return [recipient, company, street1, street2, town, country].filter(
    (word): word is string => word !== undefined && word !== '',
  );
}
