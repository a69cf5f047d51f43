import * as z from 'zod';

/** Yes or no in a query. */
export const flag = (unlessGiven: boolean) =>
  z
    .enum(['true', 'false'])
    .default(unlessGiven ? 'true' : 'false')
    .transform((value) => value === 'true');
