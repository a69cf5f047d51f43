import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf, decimalAmount } from './csv.ts';

test('cells with separators, quotes and line breaks come back whole, and nothing becomes a formula', () => {
  expect(csvOf(['a', 'b'], [['x,y', 'say "hi"\nnow']])).toBe('\uFEFFa,b\r\n"x,y","say ""hi""\nnow"\r\n');
  for (const bad of ['=1+1', '+1x', '-x', '@SUM(A1)', '\t=1'])
    expect(csvOf(['a'], [[bad]])).toContain(`'${bad.replaceAll('"', '""')}`);
  expect(csvOf(['a', 'b', 'c'], [['-12.50', 7, undefined]])).toContain('-12.50,7,\r\n');
});

test.each([
  [1234, 'USD', '12.34'],
  [5, 'USD', '0.05'],
  [-5, 'USD', '-0.05'],
  [1234, 'JPY', '1234'],
  [1234, 'KWD', '1.234'],
])('%d of %s is %s', (minor, currency, text) => expect(decimalAmount(minor, currency)).toBe(text));

test('amounts are exact to the last unit', () =>
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (minor) => {
      expect(BigInt(decimalAmount(minor, 'USD').replace('.', ''))).toBe(BigInt(minor));
    }),
  ));
