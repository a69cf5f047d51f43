import * as z from 'zod';
import { rolesOf } from '#domain/actor.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { line } from '../text.ts';
import { instant } from '../views/job.ts';
import { mailTrouble } from '../views/mail.ts';
import { taxStatus } from '../views/quote-draft.ts';

const seller = rolesOf('shop');

export const customerView = z
  .object({
    id: id('cus'),
    name: z.string(),
    email: z.string(),
    /** What the shop agreed with them; without, they pay list prices and tax. */
    priceTerms: z.object({ discountPercent: z.number().min(0).max(100), tax: taxStatus }).optional(),
    /** Why mails to them are held. */
    mailTrouble: mailTrouble.optional(),
    createdAt: instant,
  })
  .meta({ id: 'Customer' });
export type CustomerView = z.infer<typeof customerView>;

export const listCustomers = route({
  id: 'listCustomers',
  method: 'GET',
  path: '/v1/customers',
  context: 'shops',
  summary: 'The customers of the shop, newest first',
  callers: { staff: seller },
  query: z.object({
    cursor: z.string().max(2000).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  out: z.object({ customers: z.array(customerView), cursor: z.string().optional() }),
  status: 200,
});

export const createCustomer = route({
  id: 'createCustomer',
  method: 'POST',
  path: '/v1/customers',
  context: 'shops',
  summary: 'Add a customer; one with this address already is answered instead',
  callers: { staff: seller },
  body: z.object({ name: line(80), email: z.email().trim().toLowerCase().max(254) }),
  out: customerView,
  status: 201,
  idempotent: true,
});

export const setPriceTerms = route({
  id: 'setPriceTerms',
  method: 'POST',
  path: '/v1/customers/{customerId}/price-terms',
  context: 'shops',
  summary: "The customer's discount and tax status for quotes from now on",
  callers: { staff: ['owner', 'admin', 'sales'] },
  params: z.object({ customerId: id('cus') }),
  body: z.object({ discountPercent: z.number().min(0).max(100), tax: taxStatus }),
  out: customerView,
  status: 200,
  idempotent: true,
});
