import * as z from 'zod';
import { processes } from '#domain/process.ts';
import { email } from '../email.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { line } from '../text.ts';
import { currency, instant } from '../views/job.ts';

const slug = z.string().regex(/^[a-z0-9-]{2,48}$/, 'must be the name in the portal address');

export const getPortal = route({
  id: 'getPortal',
  method: 'GET',
  path: '/v1/portal/{slug}',
  context: 'portal',
  summary: 'What a visitor of the shop sees before signing in',
  callers: { public: true },
  params: z.object({ slug }),
  out: z.object({
    name: z.string(),
    slug: z.string(),
    currency,
    /** No new requests are taken. */
    closed: z.boolean(),
    materials: z.array(z.object({ id: z.string(), name: z.string(), process: z.enum(processes) })),
    finishes: z.array(z.object({ id: z.string(), name: z.string() })),
    /** What a filament print may be filled with, percent. */
    infill: z.object({ from: z.number(), usual: z.number(), to: z.number() }),
  }),
  status: 200,
});

export const requestCode = route({
  id: 'requestCode',
  method: 'POST',
  path: '/v1/portal/{slug}/codes',
  context: 'portal',
  summary: 'Mail a six-digit sign-in code to a customer',
  callers: { public: true },
  params: z.object({ slug }),
  body: z.object({ email }),
  out: z.object({ expiresAt: instant }),
  status: 201,
});

export const openSession = route({
  id: 'openSession',
  method: 'POST',
  path: '/v1/portal/{slug}/sessions',
  context: 'portal',
  summary: 'Exchange the mailed code for a session',
  callers: { public: true },
  params: z.object({ slug }),
  body: z.object({
    email,
    code: z.string().regex(/^\d{6}$/, 'must be the six digits from the mail'),
    name: line(80).optional(),
  }),
  out: z.object({ token: z.string(), expiresAt: instant, customerId: id('cus'), name: z.string() }),
  status: 201,
});

export const getSession = route({
  id: 'getSession',
  method: 'GET',
  path: '/v1/portal-session',
  context: 'portal',
  summary: 'Who the session or mailed link stands for, and the job a link opens',
  callers: { customer: true, link: true },
  out: z.object({
    shop: z.object({ name: z.string(), slug: z.string(), currency }),
    customer: z.object({ id: id('cus'), name: z.string(), email: z.string() }),
    jobId: id('job').optional(),
  }),
  status: 200,
});
