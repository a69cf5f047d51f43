import { arrow, asideStatuses, type WorkflowTemplate } from '../template.ts';

/** JewelTrak's lifecycle of one bespoke piece, made in the house or by a vendor. */
export const custom: WorkflowTemplate = {
  name: 'custom',
  title: 'Custom',
  bornIn: 'review',
  quotingStatus: 'review',
  invoicedOn: 'ready_for_pickup',
  road: ['review', 'quoted', 'in_production', 'ready_for_pickup', 'completed'],
  statuses: {
    review: { shop: 'Quote needed', customer: 'Being quoted', owner: 'salesperson', slaHours: 48 },
    vendor_quote: { shop: 'Awaiting vendor quote', customer: 'Being quoted', owner: 'vendor' },
    quoted: { shop: 'Customer review', customer: 'Your review', owner: 'salesperson' },
    in_production: { shop: 'In production', customer: 'In production', owner: 'operator' },
    ready_for_pickup: { shop: 'Ready for pickup', customer: 'Ready for pickup', owner: 'salesperson' },
    completed: { shop: 'Picked up', customer: 'Picked up', owner: 'nobody' },
    ...asideStatuses,
  },
  arrows: {
    review: [
      arrow('ask_vendor', 'shop', 'vendor_quote'),
      arrow('send_quote', 'shop', 'quoted'),
      arrow('record_price', 'shop', 'review'),
      arrow('begin_work', ['shop', 'operator'], 'in_production'),
    ],
    vendor_quote: [
      arrow('record_vendor_price', ['vendor', 'shop'], 'quoted', 'review'),
      arrow('vendor_decline', ['vendor', 'shop'], 'review'),
      arrow('recall', 'shop', 'review'),
    ],
    quoted: [
      arrow('approve_quote', ['customer', 'shop'], 'in_production'),
      arrow('request_changes', ['customer', 'shop'], 'review'),
      arrow('decline_quote', ['customer', 'shop'], 'canceled_by_customer'),
      arrow('expire_quote', 'time', 'review'),
      arrow('withdraw_quote', 'shop', 'review'),
    ],
    in_production: [
      arrow('start', ['operator', 'agent'], 'in_production'),
      arrow('ready', ['vendor', 'operator', 'shop'], 'ready_for_pickup'),
    ],
    ready_for_pickup: [arrow('hand_over', 'shop', 'completed')],
    completed: [arrow('redo', 'shop', 'completed')],
    canceled_by_customer: [arrow('reopen', 'shop', 'review')],
    canceled_by_shop: [arrow('reopen', 'shop', 'review')],
  },
  optional: { vendor_quote: 'gone' },
  customerMayCancel: ['review', 'vendor_quote', 'quoted'],
  needsParts: false,
  needsPromise: true,
  needsInspection: false,
  needsSignature: true,
  resumesAnywhere: true,
  deposit: { kind: 'none' },
  onCancel: 'refund',
  adjustmentLimitPercent: 10,
  netDays: 30,
};
