import { describe, expect, it } from 'vitest';
import type { PriceInputs } from '../price/order-input.ts';
import { cubeLine } from './freeze-for-test.ts';
import { findEditFault, noEdits, stillMeant, withEdits, type QuoteEdits } from './quote-edits.ts';

const inputs: PriceInputs = {
  pricedOn: '2026-05-04',
  lines: [cubeLine(), cubeLine({ partId: 'part_2' })],
  discounts: [{ kind: 'percent', label: 'Customer discount', percent: 5 }],
};
const reason = 'as agreed on the phone';
const edits: QuoteEdits = {
  lines: [
    {
      partId: 'part_2',
      reason,
      unitMinor: 700,
      making: { process: 'fdm', machineSeconds: 60, grams: 1 },
    },
  ],
  extras: [{ id: 'box', label: 'Box', quantity: 1, unitMinor: 300, reason }],
  discounts: [{ kind: 'amount', label: 'Goodwill', amountMinor: 100, reason }],
  scrap: [],
  shippingMinor: 900,
  rushId: 'rush',
  tax: { status: { kind: 'export', country: 'CH' }, reason },
};

describe('the decisions of the shop', () => {
  it('stand in the inputs of the price, without their reasons, beside what the customer gets anyway', () => {
    const edited = withEdits(inputs, edits);
    expect(edited.lines[0]).toEqual(inputs.lines[0]);
    expect(edited.lines[1]).toMatchObject({
      edit: { unitMinor: 700 },
      making: { machineSeconds: 60 },
      estimate: null,
    });
    expect(edited.discounts?.map(({ label }) => label)).toEqual(['Customer discount', 'Goodwill']);
    expect(edited).toMatchObject({ shippingMinor: 900, rushId: 'rush', tax: { kind: 'export' } });
    expect(JSON.stringify(edited)).not.toContain(reason);
  });

  it('none change nothing', () => {
    expect(withEdits(inputs, noEdits)).toMatchObject(inputs);
  });

  it.each<[string, Partial<QuoteEdits>]>([
    ['lines.0.partId', { lines: [{ partId: 'gone', reason }] }],
    [
      'lines.1.partId',
      {
        lines: [
          { partId: 'part_1', reason },
          { partId: 'part_1', reason },
        ],
      },
    ],
    ['extras.0.id', { extras: [{ id: 'part_1', label: 'X', quantity: 1, unitMinor: 1, reason }] }],
  ])('are refused at %s when they are about nothing, or two about one thing', (field, changes) => {
    expect(findEditFault({ ...noEdits, ...changes }, ['part_1', 'part_2'])).toMatchObject({ field });
  });

  it('about a part that was removed are dropped', () => {
    expect(stillMeant(edits, ['part_1']).lines).toEqual([]);
    expect(stillMeant(edits, ['part_1', 'part_2'])).toEqual(edits);
  });
});
