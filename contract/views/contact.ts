import * as z from 'zod';
import { email } from '../email.ts';
import { line } from '../text.ts';

/** A person to write to. */
export const contact = z.object({
  name: line(80),
  email,
});

export const address = z
  .object({
    /** What the customer calls it; unique among theirs. */
    label: line(40),
    recipient: line(80),
    company: line(80).optional(),
    street1: line(120),
    street2: line(120).optional(),
    city: line(80),
    region: line(80).optional(),
    postalCode: line(20).optional(),
    country: z.string().regex(/^[A-Z]{2}$/, 'must be a country code such as US'),
    phone: line(40).optional(),
  })
  .meta({ id: 'Address' });
