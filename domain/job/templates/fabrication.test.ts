import { expect, test } from 'vitest';
import { isRefusal } from '../../refusal.ts';
import { decide } from '../decide.ts';
import { goodLook, now, stateIn } from '../job-for-test.ts';
import { everywhere, judge, judgeLabels, staff } from '../table-for-test.ts';
import { fabrication } from './fabrication.ts';

judge(fabrication, [
  ['draft', 'submit', ['customer', 'shop'], 'review'],
  ['draft', 'place', ['customer', 'shop'], 'ready_to_make'],
  ['draft', 'send_quote', ['shop'], 'quoted'],
  ['review', 'start_quoting', ['shop'], 'quoting'],
  ['review', 'send_quote', ['shop'], 'quoted'],
  ['quoting', 'send_quote', ['shop'], 'quoted'],
  ['quoted', 'approve_quote', ['customer', 'shop'], 'ready_to_make'],
  ['quoted', 'request_changes', ['customer', 'shop'], 'quoting'],
  ['quoted', 'decline_quote', ['customer', 'shop'], 'canceled_by_customer'],
  ['quoted', 'expire_quote', ['time'], 'quoting'],
  ['quoted', 'withdraw_quote', ['shop'], 'quoting'],
  ['ready_to_make', 'start', ['operator', 'agent'], 'in_production'],
  // A job reopened after a cancellation may have all its pieces.
  ['ready_to_make', 'finish', ['operator', 'agent'], 'quality_check'],
  ['in_production', 'start', ['operator', 'agent'], 'in_production'],
  ['in_production', 'finish', ['operator', 'agent'], 'quality_check'],
  ['post_production', 'finish', ['operator'], 'quality_check'],
  ['quality_check', 'pass_check', ['operator'], 'ready_for_pickup'],
  ['quality_check', 'fail_check', ['operator'], 'in_production'],
  ['ready_for_pickup', 'hand_over', ['shop'], 'completed'],
  // The shipment is an axis beside the status here.
  ['ready_for_shipping', 'ship', ['shop'], 'ready_for_shipping'],
  ['ready_for_shipping', 'confirm_delivery', ['carrier', 'shop'], 'completed'],
  ['completed', 'reopen', ['shop'], 'review'],
  ['canceled_by_customer', 'reopen', ['shop'], 'quoting'],
  ['canceled_by_shop', 'reopen', ['shop'], 'quoting'],
  // A sent quote can be approved while the job is on hold.
  ['on_hold', 'approve_quote', ['customer', 'shop'], 'ready_to_make'],
  ...everywhere(fabrication, ['draft', 'review', 'quoting', 'quoted']),
]);

judgeLabels(fabrication, {
  draft: ['Draft', 'Your request'],
  review: ['Pending Review', 'Received'],
  quoting: ['In quoting', 'In review'],
  quoted: ['Quoted', 'Quote ready'],
  ready_to_make: ['Scheduled', 'In queue'],
  in_production: ['In Production', 'In production'],
  post_production: ['Post-processing', 'Finishing'],
  quality_check: ['Quality Check', 'Quality check'],
  ready_for_pickup: ['Ready for Pickup', 'Ready for pickup'],
  ready_for_shipping: ['Ready for Shipping', 'Ready'],
  completed: ['Completed', 'Done'],
  on_hold: ['On hold', 'On hold'],
  canceled_by_customer: ['Canceled by customer', 'Canceled'],
  canceled_by_shop: ['Canceled by shop', 'Canceled'],
});

test('a finish by hand sends the job through post-production, none straight to the check', () => {
  const state = stateIn('in_production', 'finish');
  const byHand = { ...state, parts: state.parts.map((part) => ({ ...part, postProduction: true })) };
  const end = (given: typeof state) => {
    const result = decide(given, { name: 'finish' }, staff('operator'), now);
    return isRefusal(result) ? result.message : result.job.status;
  };
  expect(end(state)).toBe('quality_check');
  expect(end(byHand)).toBe('post_production');
});

test('a passed check leads to pickup or shipping by the customer’s preference', () => {
  const state = stateIn('quality_check', 'pass_check');
  for (const [delivery, status] of [
    ['pickup', 'ready_for_pickup'],
    ['shipping', 'ready_for_shipping'],
  ] as const) {
    const given = { ...state, job: { ...state.job, delivery } };
    const result = decide(
      given,
      { name: 'pass_check', looks: [goodLook(given.job)] },
      staff('operator'),
      now,
    );
    expect(isRefusal(result) ? result.message : result.job.status).toBe(status);
  }
});
