import { describe, expect, test } from 'vitest';
import { day } from './day.ts';

describe('a day', () => {
  test.each(['1900-01-01', '2028-02-29', '2199-12-31'])('%s is one', (value) =>
    expect(day.parse(value)).toBe(value),
  );
  test.each([
    '2027-02-29',
    '2027-04-31',
    '2027-13-01',
    '2027-1-1',
    '0151-04-22',
    '9999-12-31',
    '2027-01-01T00:00:00Z',
    '',
  ])('"%s" is none, and all that is wrong is told', (value) =>
    expect(day.safeParse(value).error?.issues[0]?.message).toMatch(/^must be a day/),
  );
});
