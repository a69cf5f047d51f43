import { shopApiHandler } from '../../http/shop-api.ts';
import { createPurchaseOrder } from './create-purchase-order.ts';
import { getDocument } from './get-document.ts';
import { getLetterhead } from './get-letterhead.ts';
import { getVendorOrder } from './get-vendor-order.ts';
import { listDocuments } from './list-documents.ts';
import { listPurchaseOrders } from './list-purchase-orders.ts';
import { previewLetterhead } from './preview-letterhead.ts';
import { replaceLetterhead } from './replace-letterhead.ts';

/** The documents context: one Lambda, the only one of the API that sets type. */
export const handler = shopApiHandler([
  createPurchaseOrder,
  getDocument,
  getLetterhead,
  getVendorOrder,
  listDocuments,
  listPurchaseOrders,
  previewLetterhead,
  replaceLetterhead,
]);
