import * as z from 'zod';

/** RFC 5321, 4.5.3.1: what stands before the @. */
const longestLocalPart = 64;

/** Where somebody is mailed to; in small letters, so that one person is found by it again. */
export const email = z
  .email()
  .trim()
  .toLowerCase()
  .max(254)
  .refine((value) => value.indexOf('@') <= longestLocalPart, 'must have at most 64 characters before the @');
