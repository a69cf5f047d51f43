import type { VendorView } from '#contract/routes/vendors.ts';
import type { Vendor } from '#domain/vendor/vendor.ts';

export const vendorView = (vendor: Vendor): VendorView => ({ ...vendor, processes: [...vendor.processes] });
