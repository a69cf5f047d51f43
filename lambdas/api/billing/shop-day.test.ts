import { expect, test } from 'vitest';
import { dayIn } from '#domain/job/promised-day.ts';
import { noonOf } from './shop-day.ts';

const now = '2026-05-04T20:00:00.000Z';

test.each(['Pacific/Auckland', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Pacific/Pago_Pago', 'UTC'])(
  'money of a day stands on that day in %s, and never in the future when the day is over',
  (timeZone) => {
    const yesterday = dayIn('2026-05-03T20:00:00.000Z', timeZone);
    const at = noonOf(yesterday, now, timeZone);
    expect(dayIn(at, timeZone)).toBe(yesterday);
    expect(at <= now).toBe(true);
    expect(noonOf(dayIn(now, timeZone), now, timeZone)).toBe(now);
  },
);
