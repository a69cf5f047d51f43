/** Work or goods that a shop orders from a vendor for one job. */
export interface PurchaseOrder {
  id: string;
  jobId: string;
  jobNumber: string;
  /** Numbered per shop, e.g. `PO-000003`. */
  number: string;
  /** The vendor as they were when it was written. */
  vendor: { name: string; email: string; address?: string };
  currency: string;
  lines: PurchaseLine[];
  /** Undefined while a line waits for the vendor's price. */
  totalMinor?: number;
  /** `YYYY-MM-DD` */
  neededBy?: string;
  note?: string;
  issuedAt: string;
}

export interface PurchaseLine {
  label: string;
  quantity: number;
  /** As agreed with the vendor; absent: the vendor names it. */
  unitMinor?: number;
}

export const purchaseOrderEventTypes = ['purchase_order.issued'] as const;

export interface PurchaseOrderBasis extends Pick<
  PurchaseOrder,
  'id' | 'vendor' | 'currency' | 'lines' | 'neededBy' | 'note'
> {
  /** Running number of the shop's purchase orders, from 1. */
  serial: number;
  job: { id: string; number: string };
}

/** Tax is the vendor's to add: the total is of the lines. */
export function issuePurchaseOrder(basis: PurchaseOrderBasis, now: string): PurchaseOrder {
  const { id, serial, job, vendor, currency, lines, neededBy, note } = basis;
  const priced = lines.every(({ unitMinor }) => unitMinor !== undefined);
  return {
    id,
    jobId: job.id,
    jobNumber: job.number,
    number: `PO-${String(serial).padStart(6, '0')}`,
    vendor,
    currency,
    lines,
    ...(priced
      ? { totalMinor: lines.reduce((sum, line) => sum + (line.unitMinor ?? 0) * line.quantity, 0) }
      : {}),
    ...(neededBy === undefined ? {} : { neededBy }),
    ...(note === undefined ? {} : { note }),
    issuedAt: now,
  };
}
