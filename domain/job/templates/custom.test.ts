import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../refusal.ts';
import { decide } from '../decide.ts';
import { later, now, stateIn } from '../job-for-test.ts';
import { everywhere, judge, judgeLabels, staff } from '../table-for-test.ts';
import { custom } from './custom.ts';
import { repair } from './repair.ts';

describe.each([custom, repair])('$name', (template) => {
  judge(template, [
    ['review', 'ask_vendor', ['shop'], 'vendor_quote'],
    ['review', 'send_quote', ['shop'], 'quoted'],
    ['review', 'record_price', ['shop'], 'review'],
    ['review', 'begin_work', ['shop', 'operator'], 'in_production'],
    ['vendor_quote', 'record_vendor_price', ['vendor', 'shop'], 'review'],
    ['vendor_quote', 'vendor_decline', ['vendor', 'shop'], 'review'],
    ['vendor_quote', 'recall', ['shop'], 'review'],
    ['quoted', 'approve_quote', ['customer', 'shop'], 'in_production'],
    ['quoted', 'request_changes', ['customer', 'shop'], 'review'],
    ['quoted', 'decline_quote', ['customer', 'shop'], 'canceled_by_customer'],
    ['quoted', 'expire_quote', ['time'], 'review'],
    ['quoted', 'withdraw_quote', ['shop'], 'review'],
    ['in_production', 'start', ['operator', 'agent'], 'in_production'],
    ['in_production', 'ready', ['vendor', 'operator', 'shop'], 'ready_for_pickup'],
    ['ready_for_pickup', 'hand_over', ['shop'], 'completed'],
    ['completed', 'redo', ['shop'], 'completed'],
    ['canceled_by_customer', 'reopen', ['shop'], 'review'],
    ['canceled_by_shop', 'reopen', ['shop'], 'review'],
    ['on_hold', 'approve_quote', ['customer', 'shop'], 'in_production'],
    ...everywhere(template, ['review', 'vendor_quote', 'quoted']),
  ]);
  judgeLabels(template, {
    review: ['Quote needed', 'Being quoted'],
    vendor_quote: ['Awaiting vendor quote', 'Being quoted'],
    quoted: ['Customer review', 'Your review'],
    in_production: ['In production', 'In production'],
    ready_for_pickup: ['Ready for pickup', 'Ready for pickup'],
    completed: ['Picked up', 'Picked up'],
    on_hold: ['On hold', 'On hold'],
    canceled_by_customer: ['Canceled by customer', 'Canceled'],
    canceled_by_shop: ['Canceled by shop', 'Canceled'],
  });
});

test('the shop may pass a vendor’s price on to the customer at once; the vendor may not', () => {
  const state = stateIn('vendor_quote', 'record_vendor_price', custom);
  const offer = { totalMinor: 9000, currency: 'USD', validUntil: later };
  const command = { name: 'record_vendor_price', costMinor: 3000, currency: 'USD', offer } as const;
  const passed = decide(state, command, staff('sales'), now);
  if (isRefusal(passed)) throw new Error(passed.message);
  expect(passed.job).toMatchObject({
    status: 'quoted',
    quote: { state: 'sent', totalMinor: 9000 },
    vendorPrice: { costMinor: 3000 },
  });
  const byVendor = decide(state, command, { kind: 'vendor', name: 'Casting House' }, now);
  expect(byVendor).toMatchObject({ refused: 'not_yours_to_do', field: 'offer' });
});
