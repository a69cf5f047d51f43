import type { JobVendor } from '#domain/vendor/vendor.ts';
import { newId } from '../../adapters/ids.ts';
import { loadVendor } from '../../adapters/dynamo/repositories/vendors.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { ApiError } from '../../http/problem.ts';

/** Who a vendor is, without what came of asking them. */
type Identity = Pick<JobVendor, 'vendorId' | 'name' | 'contact' | 'email'>;

export const identityOf = ({ vendorId, name, contact, email }: JobVendor): Identity => ({
  ...(vendorId === undefined ? {} : { vendorId }),
  name,
  ...(contact === undefined ? {} : { contact }),
  email,
});

/** One of the shop's vendors as they are now. @throws ApiError invalid_request, not_ready */
export async function chosenVendor(t: Tenant, vendorId: string): Promise<Identity> {
  const vendor = await loadVendor(t, vendorId);
  if (!vendor) throw new ApiError('invalid_request', 'Choose a vendor of the shop.', 'vendorId');
  if (vendor.archivedAt !== undefined)
    throw new ApiError('not_ready', `${vendor.name} is archived. Put them back first.`, 'vendorId');
  const { name, contact, email } = vendor;
  return { vendorId, name, ...(contact === undefined ? {} : { contact }), email };
}

/** Who is asked anew keeps the links they have; anybody else gets a request of their own, which closes those of the one before. */
export const requestFor = (email: string, before: JobVendor | undefined): { requestId: string } => ({
  requestId: (before?.email === email ? before.requestId : undefined) ?? newId('vrq'),
});
