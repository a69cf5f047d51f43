import { addressLines, type Address } from '../customer/address.ts';
import type { CustomerSnapshot } from '../customer/customer.ts';

/** Whom a paper is for: the address as it goes on an envelope, else the name; then where to write to. */
export const recipientLines = (customer: CustomerSnapshot, address: Address | undefined): string[] =>
  address
    ? [...addressLines(address), customer.email]
    : [customer.name, ...(customer.company === undefined ? [] : [customer.company]), customer.email];
