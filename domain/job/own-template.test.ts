import { describe, expect, test } from 'vitest';
import { arrowsFrom, labelOf } from './template.ts';
import { findTemplateFault, templateOf, type OwnTemplate } from './own-template.ts';
import { statuses } from './job.ts';
import { custom } from './templates/custom.ts';
import { fabrication } from './templates/fabrication.ts';
import { order } from './templates/order.ts';

const own = (changes: Partial<OwnTemplate>): OwnTemplate => ({ statuses: {}, off: [], ...changes });
const fieldOf = (changes: Partial<OwnTemplate>, shipped = fabrication) =>
  findTemplateFault(shipped, own(changes))?.field;
const ends = (template: typeof fabrication, status: (typeof statuses)[number], command: string) =>
  arrowsFrom(template, { status, payment: 'unpaid' }).find((each) => each.command === command)?.to;

describe('a shop’s own copy', () => {
  test('renames for both audiences, sets owner and hours, and leaves the rest', () => {
    const template = templateOf(
      fabrication,
      own({
        statuses: { review: { shop: 'Inbox', owner: 'salesperson', slaHours: 0 }, quoted: { slaHours: 72 } },
      }),
    );
    expect(labelOf(template, 'review', 'shop')).toBe('Inbox');
    expect(labelOf(template, 'review', 'customer')).toBe('Received');
    expect(template.statuses.review).toEqual({ shop: 'Inbox', customer: 'Received', owner: 'salesperson' });
    expect(template.statuses.quoted?.slaHours).toBe(72);
    expect(template.arrows).toEqual(fabrication.arrows);
  });
  test('without a change is the shipped one', () => expect(templateOf(order, own({}))).toEqual(order));
  test('a status that is off is led around, and a job that stands in it finds its way out', () => {
    const template = templateOf(fabrication, own({ off: ['quoting', 'post_production'] }));
    expect(ends(template, 'review', 'start_quoting')).toBeUndefined();
    expect(ends(template, 'quoted', 'request_changes')).toEqual(['review']);
    expect(ends(template, 'in_production', 'finish')).toEqual(['quality_check']);
    expect(ends(template, 'quoting', 'send_quote')).toEqual(['quoted']);
    expect(ends(template, 'post_production', 'finish')).toEqual(['quality_check']);
    expect(template.quotingStatus).toBe('review');
    expect(template.road).not.toContain('quoting');
  });
  test('a status that is off and has no other way takes its arrows with it', () => {
    const template = templateOf(order, own({ off: ['po_provided'] }));
    expect(ends(template, 'placed', 'provide_po')).toBeUndefined();
    expect(ends(template, 'placed', 'release')).toEqual(['ready_to_make']);
    expect(ends(templateOf(custom, own({ off: ['vendor_quote'] })), 'review', 'ask_vendor')).toBeUndefined();
  });
  test('no arrow of any copy leads into a status that is off', () => {
    for (const shipped of [fabrication, order, custom]) {
      const off = statuses.filter((status) => shipped.optional[status]);
      const template = templateOf(shipped, own({ off }));
      const targets = Object.values(template.arrows).flatMap((out) => out.flatMap(({ to }) => to));
      expect(targets.filter((status) => off.includes(status))).toEqual([]);
    }
  });
  test('terms: deposit, net days, instant orders, where the customer may cancel', () => {
    const template = templateOf(
      order,
      own({
        deposit: { kind: 'percent', percent: 30 },
        onCancel: 'keep_deposit',
        netDays: 14,
        customerMayCancel: ['ready_to_make'],
      }),
    );
    expect(template).toMatchObject({
      deposit: { kind: 'percent', percent: 30 },
      onCancel: 'keep_deposit',
      netDays: 14,
    });
    const cancels = arrowsFrom(template, { status: 'ready_to_make', payment: 'unpaid' });
    expect(cancels.filter(({ command, by }) => command === 'cancel' && by.includes('customer'))).toHaveLength(
      1,
    );
  });
});

describe('refused with the field to mend', () => {
  test.each([
    ['a status of another template', { statuses: { placed: { shop: 'X' } } }, 'statuses.placed'],
    ['an empty name', { statuses: { review: { shop: ' ' } } }, 'statuses.review.shop'],
    ['a name too long', { statuses: { review: { customer: 'x'.repeat(41) } } }, 'statuses.review.customer'],
    ['hours below 0', { statuses: { review: { slaHours: -1 } } }, 'statuses.review.slaHours'],
    ['half an hour', { statuses: { review: { slaHours: 0.5 } } }, 'statuses.review.slaHours'],
    [
      'hours where nothing is awaited',
      { statuses: { completed: { slaHours: 5 } } },
      'statuses.completed.slaHours',
    ],
    ['a name that another status has', { statuses: { review: { shop: 'quoted' } } }, 'statuses.quoted.shop'],
    ['a status that others need', { off: ['quoting', 'in_production'] }, 'off.1'],
    ['a deposit above all', { deposit: { kind: 'percent', percent: 101 } }, 'deposit.percent'],
    ['a deposit of nothing', { deposit: { kind: 'fixed', amountMinor: 0 } }, 'deposit.amountMinor'],
    ['a limit above all', { adjustmentLimitPercent: 101 }, 'adjustmentLimitPercent'],
    ['net days below 0', { netDays: -1 }, 'netDays'],
    ['a cancel where all is over', { customerMayCancel: ['completed'] }, 'customerMayCancel.0'],
  ] as [string, Partial<OwnTemplate>, string][])('%s', (_, changes, field) =>
    expect(fieldOf(changes)).toBe(field),
  );
  test('nothing that is right', () =>
    expect(
      fieldOf({ statuses: { review: { shop: 'Inbox', slaHours: 12 } }, off: ['quoting'], netDays: 0 }),
    ).toBeUndefined());
});
