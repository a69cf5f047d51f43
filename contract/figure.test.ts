import { expect, test } from 'vitest';
import { figure, positiveFigure } from './figure.ts';

test('a figure too small for the table is nothing, whatever its sign', () => {
  for (const tiny of [5e-324, -1e-200, 1e-10, -0]) expect(figure.parse(tiny)).toBe(0);
  for (const real of [1e-9, -0.5, 1e9]) expect(figure.parse(real)).toBe(real);
});

test('of a positive figure there is some', () => {
  for (const none of [5e-324, 0, -1]) expect(positiveFigure.safeParse(none).success).toBe(false);
  expect(positiveFigure.parse(1e-9)).toBe(1e-9);
});
