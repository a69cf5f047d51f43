import type { Vendor } from '#domain/vendor/vendor.ts';
import { put, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';

export async function loadVendor({ entities }: Tenant, id: string): Promise<Vendor | undefined> {
  return (await entities.vendor.get({ id }).go({ consistent: true })).data ?? undefined;
}

/** Every vendor of the shop by name, archived ones too. */
export async function listVendors({ entities }: Tenant): Promise<Vendor[]> {
  const { data } = await entities.vendor.query.ofShop({}).go({ pages: 'all' });
  return data.sort((a, b) => a.name.localeCompare(b.name));
}

export const createVendor = ({ entities }: Tenant, vendor: Vendor): Write =>
  put('vendor', entities.vendor.create(vendor).params());

/** Writes a vendor whose version was one lower when they were read. */
export const replaceVendor = ({ entities }: Tenant, vendor: Vendor): Write =>
  put(
    'vendor',
    entities.vendor
      .put(vendor)
      .where(({ version }, { eq }) => eq(version, vendor.version - 1))
      .params(),
  );
