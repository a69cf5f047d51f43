import * as z from 'zod';
import { invoiceStates } from '#domain/invoice/invoice.ts';
import { rolesOf, type Role } from '#domain/actor.ts';
import { addressUses, mostAddresses } from '#domain/customer/address.ts';
import { email } from '../email.ts';
import { figure } from '../figure.ts';
import { flag } from '../flag.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { line, text } from '../text.ts';
import { currency, instant } from '../views/job.ts';
import { address, contact } from '../views/contact.ts';
import { mailTrouble } from '../views/mail.ts';
import { taxStatus } from '../views/quote-draft.ts';

const seller = rolesOf('shop');
/** Who deals with customers or with their money. */
const reader: Role[] = [...seller, 'accountant'];
const params = z.object({ customerId: id('cus') });

const customerAddress = address.extend({ defaultFor: z.array(z.enum(addressUses)).max(2).default([]) });

const priceTerms = z.object({
  discountPercent: figure.min(0).max(100),
  tax: taxStatus,
  /** Days to pay a purchase order in; the job type's when absent. */
  dueDays: z.int().min(0).max(365).optional(),
});

export const customerView = z
  .object({
    id: id('cus'),
    name: z.string(),
    email: z.string(),
    company: z.string().optional(),
    phone: z.string().optional(),
    billingContact: z.object({ name: z.string(), email: z.string() }).optional(),
    addresses: z.array(customerAddress),
    /** To the shop only, like what follows: what it agreed with them; without, they pay list prices and tax. */
    priceTerms: priceTerms.optional(),
    /** Why mails to them are held. */
    mailTrouble: mailTrouble.optional(),
    /** Why tax is due although a certificate is on file. */
    taxWarning: z.string().optional(),
    note: z.string().optional(),
    archivedAt: instant.optional(),
    /** What an edit names as seen. */
    version: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'Customer' });
export type CustomerView = z.infer<typeof customerView>;

export const listCustomers = route({
  id: 'listCustomers',
  method: 'GET',
  path: '/v1/customers',
  context: 'shops',
  summary:
    'The customers of the shop, newest first; with `search` those whose name, company or address has it',
  callers: { staff: reader },
  query: z.object({
    search: z.string().trim().max(100).optional(),
    archived: flag(false),
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
  body: z.object({
    name: line(80),
    email,
    company: line(80).optional(),
    phone: line(40).optional(),
  }),
  out: customerView,
  status: 201,
  idempotent: true,
});

export const getCustomer = route({
  id: 'getCustomer',
  method: 'GET',
  path: '/v1/customers/{customerId}',
  context: 'shops',
  summary: 'A customer: to the shop, or to themselves',
  callers: { staff: reader, customer: true },
  params,
  out: customerView,
  status: 200,
});

export const replaceContact = route({
  id: 'replaceContact',
  method: 'PUT',
  path: '/v1/customers/{customerId}/contact',
  context: 'shops',
  summary: 'A new contact card: by the shop, or by the customer; jobs that are quoted keep the old one',
  callers: { staff: seller, customer: true },
  params,
  body: z.object({
    name: line(80),
    /** Customers sign in by it, so only the shop changes it. */
    email,
    company: line(80).optional(),
    phone: line(40).optional(),
    billingContact: contact.optional(),
    addresses: z.array(customerAddress).max(mostAddresses).default([]),
    /** The shop's own. */
    note: text(2000).optional(),
  }),
  out: customerView,
  status: 200,
  versioned: true,
});

export const setPriceTerms = route({
  id: 'setPriceTerms',
  method: 'POST',
  path: '/v1/customers/{customerId}/price-terms',
  context: 'shops',
  summary: "The customer's discount, tax status and days to pay for quotes from now on",
  callers: { staff: ['owner', 'admin', 'sales'] },
  params,
  body: priceTerms,
  out: customerView,
  status: 200,
  idempotent: true,
});

export const archiveCustomer = route({
  id: 'archiveCustomer',
  method: 'POST',
  path: '/v1/customers/{customerId}/archive',
  context: 'shops',
  summary: 'Take a customer out of lists and choices, or put them back; nothing of theirs is lost',
  callers: { staff: seller },
  params,
  body: z.object({ archived: z.boolean() }),
  out: customerView,
  status: 200,
  idempotent: true,
});

export const getCustomerAccount = route({
  id: 'getCustomerAccount',
  method: 'GET',
  path: '/v1/customers/{customerId}/account',
  context: 'billing',
  summary: 'The invoices of a customer, newest first, and the money they owe',
  callers: { staff: reader },
  params,
  out: z.object({
    invoices: z.array(
      z.object({
        id: id('inv'),
        jobId: id('job'),
        jobNumber: z.string(),
        number: z.string(),
        currency,
        totalMinor: z.int(),
        owedMinor: z.int(),
        state: z.enum(invoiceStates),
        issuedAt: instant,
      }),
    ),
    /** One sum per currency; none when nothing is owed. */
    owed: z.array(z.object({ currency, minor: z.int() })),
  }),
  status: 200,
});
