import fc from 'fast-check';
import { expect, test } from 'vitest';
import { invoice } from '../document/documents-for-test.ts';
import { isRefusal } from '../refusal.ts';
import { issueCreditNote, type CreditNote } from './credit-note.ts';

const now = '2026-11-12T10:00:00.000Z';
const issue = (earlier: CreditNote[], amountMinor?: number) =>
  issueCreditNote(
    {
      id: 'crn_1',
      serial: earlier.length + 1,
      invoice: invoice(),
      earlier,
      reason: 'scratched',
      amountMinor,
    },
    now,
  );
const issued = (earlier: CreditNote[], amountMinor?: number): CreditNote => {
  const note = issue(earlier, amountMinor);
  if (isRefusal(note)) throw new Error(note.message);
  return note;
};

test('without an amount the whole invoice is credited, line by line', () =>
  expect(issued([])).toMatchObject({
    number: 'CN-000001',
    totalMinor: 4934,
    taxMinor: 822,
    lines: invoice().lines,
  }));

test('an invoice is never credited beyond its total', () => {
  expect(issue([], 4935)).toMatchObject({ refused: 'invalid', field: 'amountMinor' });
  expect(issue([issued([])])).toMatchObject({ refused: 'not_ready' });
});

test('credits in any parts add up to the total and to the tax, and each holds together', () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 5 }), (amounts) => {
      const notes: CreditNote[] = [];
      for (const amount of amounts) notes.push(issued(notes, amount));
      notes.push(issued(notes));
      const sum = (of: (note: CreditNote) => number) => notes.reduce((all, note) => all + of(note), 0);
      expect(sum((note) => note.totalMinor)).toBe(4934);
      expect(sum((note) => note.taxMinor)).toBe(822);
      for (const note of notes) {
        expect(note.subtotalMinor + note.taxMinor).toBe(note.totalMinor);
        expect(note.taxMinor).toBeGreaterThanOrEqual(0);
        expect(note.lines.reduce((all, line) => all + line.totalMinor, 0)).toBe(note.subtotalMinor);
      }
    }),
  ));
