import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRefusal } from '../refusal.ts';
import {
  adjustedBy,
  answerAdjustment,
  proposeAdjustment,
  type Adjustment,
  type AdjustmentWish,
} from './adjustment.ts';

const now = '2026-05-04T10:00:00.000Z';
const taxes = [{ rateId: 'standard', name: 'VAT', percent: 20, netMinor: 1000, taxMinor: 200 }];
const job: AdjustmentWish['job'] = {
  id: 'job_1',
  agreedAt: now,
  quote: { version: 2, state: 'approved', totalMinor: 1200, currency: 'EUR', validUntil: now },
};
const wish = (changes: Partial<AdjustmentWish> = {}): AdjustmentWish => ({
  id: 'adj_1',
  job,
  price: { taxMode: 'exclusive', taxes, totalMinor: 1200 },
  earlier: [],
  limitPercent: 10,
  label: 'Material',
  quantity: 1,
  unitMinor: 100,
  reason: 'rework',
  by: 'Ana',
  ...changes,
});
const made = (changes: Partial<AdjustmentWish> = {}): Adjustment => {
  const adjustment = proposeAdjustment(wish(changes), now);
  if (isRefusal(adjustment)) throw new Error(adjustment.message);
  return adjustment;
};

test('CO-62 up to the limit work costs more without asking, in all; beyond it the customer is asked; less never asks', () => {
  // 10 % of 1200 is 120: 100 and its tax of 20.
  const first = made();
  expect(first).toMatchObject({ state: 'agreed', totalMinor: 100, taxMinor: 20 });
  expect(made({ unitMinor: 101 }).state).toBe('asked');
  expect(made({ earlier: [first], unitMinor: 1 }).state).toBe('asked');
  const answered = answerAdjustment(
    made({ unitMinor: 900 }),
    { accept: true, by: 'Cleo', invoiced: false },
    now,
  );
  if (isRefusal(answered)) throw new Error(answered.message);
  expect(answered).toMatchObject({ state: 'agreed', answeredBy: 'Cleo' });
  expect(made({ earlier: [answered] }).state).toBe('agreed');
  expect(made({ unitMinor: -500 })).toMatchObject({ state: 'agreed', taxMinor: -100 });
  expect(made({ limitPercent: 0, unitMinor: 1 }).state).toBe('asked');
});

test('CO-63 tax is the offer’s own: on top, inside, or none', () => {
  expect(adjustedBy([made()], 2, 'exclusive')).toBe(120);
  const inside = made({ unitMinor: 120, price: { taxMode: 'inclusive', taxes, totalMinor: 1200 } });
  expect(inside).toMatchObject({ totalMinor: 120, taxMinor: 20 });
  expect(adjustedBy([inside], 2, 'inclusive')).toBe(120);
  const free = taxes.map((tax) => ({ ...tax, percent: 0 }));
  expect(made({ price: { taxMode: 'exclusive', taxes: free, totalMinor: 1200 } }).taxMinor).toBe(0);
});

test('only what is agreed of the version in force counts', () => {
  const asked = made({ unitMinor: 900 });
  expect(adjustedBy([made(), asked, { ...made(), quoteVersion: 1 }], 2, 'exclusive')).toBe(120);
});

test.each([
  ['before the customer has agreed', { job: { id: 'job_1' } }, 'not_ready'],
  ['once the invoice is written', { job: { ...job, invoicedAt: now } }, 'not_allowed_now'],
  ['of nothing', { unitMinor: 0 }, 'invalid'],
  ['that would make the order cost less than nothing', { unitMinor: -1001 }, 'invalid'],
] as [string, Partial<AdjustmentWish>, string][])('nothing is added %s', (_, changes, refused) =>
  expect(proposeAdjustment(wish(changes), now)).toMatchObject({ refused }),
);

test('an answer is given once, and not after the invoice', () => {
  const asked = made({ unitMinor: 900 });
  expect(answerAdjustment(asked, { accept: true, by: 'Cleo', invoiced: true }, now)).toMatchObject({
    refused: 'not_allowed_now',
  });
  expect(answerAdjustment(made(), { accept: false, by: 'Cleo', invoiced: false }, now)).toMatchObject({
    refused: 'stale',
  });
});

test('the agreed total never falls below zero, whatever is taken off', () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -800, max: 800 }), { maxLength: 12 }), (amounts) => {
      const all: Adjustment[] = [];
      for (const [index, unitMinor] of amounts.entries()) {
        const next = proposeAdjustment(wish({ id: `adj_${index}`, unitMinor, earlier: all }), now);
        if (!isRefusal(next)) all.push(next);
        expect(1200 + adjustedBy(all, 2, 'exclusive')).toBeGreaterThanOrEqual(0);
      }
    }),
  ));
