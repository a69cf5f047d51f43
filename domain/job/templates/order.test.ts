import { expect, test } from 'vitest';
import { isRefusal } from '../../refusal.ts';
import { decide } from '../decide.ts';
import type { Status } from '../job.ts';
import { now, stateIn } from '../job-for-test.ts';
import { everywhere, judge, judgeLabels, staff, type Row } from '../table-for-test.ts';
import { statusesOf } from '../template.ts';
import { order } from './order.ts';

const afterPo: Status[] = [
  'ready_to_make',
  'in_production',
  'post_production',
  'rework',
  'ready_for_shipping',
  'ready_for_pickup',
  'shipped',
];

judge(order, [
  ['draft', 'place', ['customer', 'shop'], 'placed'],
  ['draft', 'submit', ['customer', 'shop'], 'review'],
  ['draft', 'send_quote', ['shop'], 'quoted'],
  ['review', 'send_quote', ['shop'], 'quoted'],
  ['quoted', 'approve_quote', ['customer', 'shop'], 'placed'],
  ['quoted', 'request_changes', ['customer', 'shop'], 'review'],
  ['quoted', 'decline_quote', ['customer', 'shop'], 'canceled_by_customer'],
  ['quoted', 'expire_quote', ['time'], 'review'],
  ['quoted', 'withdraw_quote', ['shop'], 'review'],
  ['placed', 'provide_po', ['customer', 'shop'], 'po_provided'],
  ['placed', 'ask_payment', ['shop'], 'waiting_for_payment'],
  ['placed', 'release', ['shop'], 'ready_to_make'],
  ['po_provided', 'release', ['shop'], 'ready_to_make'],
  ['po_provided', 'due', ['time', 'shop'], 'payment_due'],
  ['waiting_for_payment', 'paid', ['time'], 'ready_to_make'],
  ['waiting_for_payment', 'release', ['shop'], 'ready_to_make'],
  ['waiting_for_payment', 'provide_po', ['customer', 'shop'], 'po_provided'],
  ['ready_to_make', 'start', ['operator', 'agent'], 'in_production'],
  ['ready_to_make', 'finish', ['operator', 'agent'], 'ready_for_pickup'],
  ['in_production', 'start', ['operator', 'agent'], 'in_production'],
  ['in_production', 'finish', ['operator', 'agent'], 'ready_for_pickup'],
  ['in_production', 'fault', ['operator'], 'rework'],
  ['post_production', 'finish', ['operator'], 'ready_for_pickup'],
  ['post_production', 'fault', ['operator'], 'rework'],
  ['rework', 'start', ['operator', 'agent'], 'in_production'],
  ['rework', 'finish', ['operator', 'agent'], 'ready_for_pickup'],
  ['ready_for_shipping', 'ship', ['shop'], 'shipped'],
  ['shipped', 'confirm_delivery', ['carrier', 'shop'], 'delivered'],
  ['ready_for_pickup', 'hand_over', ['shop'], 'delivered'],
  ['delivered', 'due', ['time', 'shop'], 'payment_due'],
  ['delivered', 'reopen', ['shop'], 'review'],
  ...afterPo.map((status): Row => [status, 'due', ['shop'], 'payment_due']),
  // Back to where it came from.
  ['payment_due', 'paid', ['time'], 'delivered'],
  ['canceled_by_customer', 'reopen', ['shop'], 'review'],
  ['canceled_by_shop', 'reopen', ['shop'], 'review'],
  ['on_hold', 'approve_quote', ['customer', 'shop'], 'placed'],
  ...everywhere(order, ['draft', 'review', 'quoted', 'placed', 'po_provided', 'waiting_for_payment']),
]);

judgeLabels(order, {
  draft: ['Draft (IQT)', 'Cart'],
  review: ['Waiting for review', 'Budget offer'],
  quoted: ['Firm offer sent', 'Firm offer'],
  placed: ['Placed', 'Ready for Payment'],
  po_provided: ['PO provided', 'PO received'],
  waiting_for_payment: ['Waiting for payment', 'Waiting for payment'],
  ready_to_make: ['Free for manufacturing', 'In queue'],
  in_production: ['Manufacturing', 'In production'],
  post_production: ['Post-production', 'Finishing'],
  rework: ['Re-printing', 'In production'],
  ready_for_shipping: ['Ready for shipping', 'Ready to ship'],
  shipped: ['Shipped', 'Shipped'],
  ready_for_pickup: ['Ready for pickup', 'Ready for pickup'],
  delivered: ['Delivered', 'Delivered'],
  payment_due: ['PO Payment due', 'Payment due'],
  on_hold: ['On hold', 'On hold'],
  canceled_by_customer: ['Canceled by customer', 'Canceled'],
  canceled_by_shop: ['Canceled by admin', 'Canceled'],
});

test('it has the seventeen statuses of an order, and the draft before them', () =>
  expect(statusesOf(order)).toHaveLength(17 + 1));

test('paid leads back to wherever the purchase order fell due', () => {
  for (const from of [...afterPo, 'po_provided' as const, 'delivered' as const]) {
    const due = decide(stateIn(from, 'due', order), { name: 'due' }, staff('owner'), now);
    if (isRefusal(due)) throw new Error(due.message);
    expect(due.job).toMatchObject({ status: 'payment_due', dueFrom: from });
    const state = { ...stateIn('payment_due', 'paid', order), job: { ...due.job, payment: 'paid' as const } };
    const paid = decide(state, { name: 'paid' }, { kind: 'system', name: 'workflow' }, now);
    if (isRefusal(paid)) throw new Error(paid.message);
    expect(paid.job.status).toBe(from);
    expect(paid.job.dueFrom).toBeUndefined();
  }
});
