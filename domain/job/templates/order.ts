import type { Status } from '../job.ts';
import { arrow, asideStatuses, type Arrow, type WorkflowTemplate } from '../template.ts';

/** Where a purchase order can fall due: every live status after it was provided. */
const after: readonly Status[] = [
  'ready_to_make',
  'in_production',
  'post_production',
  'rework',
  'ready_for_shipping',
  'ready_for_pickup',
  'shipped',
];
/** Time makes it due where nothing else is going on; elsewhere the shop may. */
const dueByShop = arrow('due', 'shop', 'payment_due');
const dueByTime = arrow('due', ['time', 'shop'], 'payment_due');
const ready = ['ready_for_shipping', 'ready_for_pickup'] as const;

const arrows: Partial<Record<Status, readonly Arrow[]>> = {
  draft: [
    arrow('place', ['customer', 'shop'], 'placed'),
    arrow('submit', ['customer', 'shop'], 'review'),
    arrow('send_quote', 'shop', 'quoted'),
  ],
  review: [arrow('send_quote', 'shop', 'quoted')],
  quoted: [
    arrow('approve_quote', ['customer', 'shop'], 'placed'),
    arrow('request_changes', ['customer', 'shop'], 'review'),
    arrow('decline_quote', ['customer', 'shop'], 'canceled_by_customer'),
    arrow('expire_quote', 'time', 'review'),
    arrow('withdraw_quote', 'shop', 'review'),
  ],
  placed: [
    arrow('provide_po', ['customer', 'shop'], 'po_provided'),
    arrow('ask_payment', 'shop', 'waiting_for_payment'),
    arrow('release', 'shop', 'ready_to_make'),
  ],
  po_provided: [arrow('release', 'shop', 'ready_to_make'), dueByTime],
  waiting_for_payment: [
    arrow('paid', 'time', 'ready_to_make'),
    arrow('release', 'shop', 'ready_to_make'),
    arrow('provide_po', ['customer', 'shop'], 'po_provided'),
  ],
  ready_to_make: [
    arrow('start', ['operator', 'agent'], 'in_production'),
    // A job reopened after a cancellation may have all its pieces.
    arrow('finish', ['operator', 'agent'], 'post_production', ...ready),
  ],
  in_production: [
    arrow('start', ['operator', 'agent'], 'in_production'),
    arrow('finish', ['operator', 'agent'], 'post_production', ...ready),
    arrow('fault', 'operator', 'rework'),
  ],
  post_production: [arrow('finish', 'operator', ...ready), arrow('fault', 'operator', 'rework')],
  rework: [
    arrow('start', ['operator', 'agent'], 'in_production'),
    // Another run may have made what the faulty one was to make.
    arrow('finish', ['operator', 'agent'], 'post_production', ...ready),
  ],
  ready_for_shipping: [arrow('ship', 'shop', 'shipped')],
  shipped: [arrow('confirm_delivery', ['carrier', 'shop'], 'delivered')],
  ready_for_pickup: [arrow('hand_over', 'shop', 'delivered')],
  delivered: [dueByTime, arrow('reopen', 'shop', 'review')],
  payment_due: [arrow('paid', 'time', 'po_provided', ...after, 'delivered')],
  canceled_by_customer: [arrow('reopen', 'shop', 'review')],
  canceled_by_shop: [arrow('reopen', 'shop', 'review')],
};
for (const status of after) arrows[status] = [...(arrows[status] ?? []), dueByShop];

/** DigiFabster's lifecycle: an order is placed at a price, paid or backed by a purchase order, then made. */
export const order: WorkflowTemplate = {
  name: 'order',
  title: 'Order',
  bornIn: 'draft',
  quotingStatus: 'review',
  invoicedOn: 'placed',
  road: [
    'placed',
    'ready_to_make',
    'in_production',
    'post_production',
    'ready_for_pickup',
    'ready_for_shipping',
    'shipped',
    'delivered',
  ],
  statuses: {
    draft: { shop: 'Draft (IQT)', customer: 'Cart', owner: 'customer' },
    review: { shop: 'Waiting for review', customer: 'Budget offer', owner: 'shop', slaHours: 24 },
    quoted: { shop: 'Firm offer sent', customer: 'Firm offer', owner: 'customer' },
    placed: { shop: 'Placed', customer: 'Ready for Payment', owner: 'shop', slaHours: 24 },
    po_provided: { shop: 'PO provided', customer: 'PO received', owner: 'shop' },
    waiting_for_payment: { shop: 'Waiting for payment', customer: 'Waiting for payment', owner: 'customer' },
    ready_to_make: { shop: 'Free for manufacturing', customer: 'In queue', owner: 'shop' },
    in_production: { shop: 'Manufacturing', customer: 'In production', owner: 'operator' },
    post_production: { shop: 'Post-production', customer: 'Finishing', owner: 'operator' },
    rework: { shop: 'Re-printing', customer: 'In production', owner: 'operator' },
    ready_for_shipping: { shop: 'Ready for shipping', customer: 'Ready to ship', owner: 'shop' },
    shipped: { shop: 'Shipped', customer: 'Shipped', owner: 'carrier' },
    ready_for_pickup: { shop: 'Ready for pickup', customer: 'Ready for pickup', owner: 'shop' },
    delivered: { shop: 'Delivered', customer: 'Delivered', owner: 'nobody' },
    payment_due: { shop: 'PO Payment due', customer: 'Payment due', owner: 'customer' },
    ...asideStatuses,
    canceled_by_shop: { shop: 'Canceled by admin', customer: 'Canceled', owner: 'nobody' },
  },
  arrows,
  optional: {
    po_provided: 'gone',
    waiting_for_payment: 'gone',
    post_production: 'gone',
  },
  customerMayCancel: ['draft', 'review', 'quoted', 'placed', 'po_provided', 'waiting_for_payment'],
  needsParts: true,
  needsPromise: false,
  needsInspection: false,
  needsSignature: false,
  resumesAnywhere: false,
  deposit: { kind: 'percent', percent: 100 },
  onCancel: 'refund',
  adjustmentLimitPercent: 10,
  netDays: 30,
};
