import * as z from 'zod';

const shape = /^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const exists = (value: string) => new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);

/** A calendar day somebody plans, books or reports with: ISO 8601, within three centuries so that what is reckoned from it is a date too. */
export const day = z
  .string()
  .regex(shape, { error: 'must be a day of the years 1900 to 2199, such as 2027-03-31', abort: true })
  .refine(exists, 'must be a day that exists')
  .meta({ format: 'date' });
