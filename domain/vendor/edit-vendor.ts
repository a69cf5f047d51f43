import { refuse, type Refusal } from '../refusal.ts';
import type { Vendor } from './vendor.ts';

/** What the shop writes about a vendor; what is absent is taken away. */
export type VendorCard = Omit<Vendor, 'id' | 'archivedAt' | 'version' | 'createdAt'>;

/** @param seenVersion the version of the vendor that the editor saw */
export function editVendor(vendor: Vendor, card: VendorCard, seenVersion: number): Vendor | Refusal {
  const { id, archivedAt, version, createdAt } = vendor;
  if (version !== seenVersion)
    return refuse(
      'stale',
      `You saw version ${seenVersion} of this vendor; it is at version ${version} by now. Look at it again and repeat your change.`,
      'If-Match',
    );
  return {
    ...card,
    id,
    ...(archivedAt === undefined ? {} : { archivedAt }),
    version: version + 1,
    createdAt,
  };
}
