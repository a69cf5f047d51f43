import type { OutOf } from '#contract/route.ts';
import type { createPurchaseOrder } from '#contract/routes/documents.ts';
import type { PurchaseOrder } from '#domain/purchase-order/purchase-order.ts';

export const purchaseOrderView = ({
  jobNumber: _,
  ...view
}: PurchaseOrder): OutOf<typeof createPurchaseOrder> => view;
