import type { PurchaseOrder } from '../purchase-order/purchase-order.ts';
import { fileNameOf, type DocumentModel, type Section } from './document.ts';
import { formatsOf } from './formats.ts';
import type { Letterhead } from './letterhead.ts';

/** The order to a vendor: the job's number as reference, and nothing of the customer or of what they pay. */
export function purchaseOrderDocument(letterhead: Letterhead, order: PurchaseOrder): DocumentModel {
  const formats = formatsOf(letterhead.locale, letterhead.timeZone);
  const money = (minor: number) => formats.money(minor, order.currency);
  const total: Section[] =
    order.totalMinor === undefined
      ? [{ kind: 'text', text: 'Please confirm with your price and date before you start.' }]
      : [
          {
            kind: 'totals',
            rows: [
              {
                label: `Total without tax (${order.currency})`,
                value: money(order.totalMinor),
                strong: true,
              },
            ],
          },
        ];
  return {
    kind: 'purchase_order',
    audience: 'vendor',
    title: 'Purchase order',
    number: order.number,
    fileName: fileNameOf('Purchase-order', order.number),
    language: letterhead.locale,
    instant: order.issuedAt,
    letterhead,
    facts: [
      { label: 'Purchase order', value: order.number },
      { label: 'Date', value: formats.day(order.issuedAt) },
      { label: 'Our reference', value: order.jobNumber },
      ...(order.neededBy ? [{ label: 'Needed by', value: formats.calendarDay(order.neededBy) }] : []),
    ],
    to: {
      heading: 'Vendor',
      lines: [order.vendor.name, ...(order.vendor.address ?? '').split('\n'), order.vendor.email].filter(
        (each) => each !== '',
      ),
    },
    sections: [
      {
        kind: 'table',
        heading: 'We order',
        columns: [
          { label: 'Item', align: 'left', width: 'rest' },
          { label: 'Quantity', align: 'right', width: 'fit' },
          { label: 'Each', align: 'right', width: 'fit' },
          { label: 'Amount', align: 'right', width: 'fit' },
        ],
        rows: order.lines.map(({ label, quantity, unitMinor }) => [
          { text: label },
          { text: formats.count(quantity) },
          { text: unitMinor === undefined ? 'to be named' : money(unitMinor) },
          { text: unitMinor === undefined ? '' : money(unitMinor * quantity) },
        ]),
      },
      ...total,
      ...(order.note ? [{ kind: 'text', heading: 'Note', text: order.note } as const] : []),
    ],
  };
}
