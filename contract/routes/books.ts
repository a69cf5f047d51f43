import * as z from 'zod';
import { bookedKinds } from '#domain/books/external-ref.ts';
import { bookLists } from '#domain/books/csv.ts';
import { day } from '../day.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { line } from '../text.ts';
import { instant } from '../views/job.ts';

const keepers = ['owner', 'admin', 'accountant'] as const;

export const exportBooks = route({
  id: 'exportBooks',
  method: 'GET',
  path: '/v1/books',
  context: 'billing',
  summary:
    'Invoices, payments, refunds or credit notes of a period as CSV, with their ids here and in accounting',
  callers: { staff: keepers },
  query: z.object({
    list: z.enum(bookLists),
    /** Days in the shop's time zone, both included; at most a year. */
    from: day,
    to: day,
  }),
  out: z.object({ fileName: z.string(), rows: z.int(), csv: z.string() }),
  status: 200,
});

export const externalRefView = z
  .object({
    kind: z.enum(bookedKinds),
    id: z.string(),
    system: z.string(),
    externalId: z.string(),
    syncedAt: instant,
  })
  .meta({ id: 'ExternalRef' });

export const setExternalRef = route({
  id: 'setExternalRef',
  method: 'POST',
  path: '/v1/external-refs',
  context: 'billing',
  summary: 'Note what another system calls an invoice, payment, refund, credit note or customer',
  callers: { staff: keepers },
  body: z.object({
    kind: z.enum(bookedKinds),
    id: z.union([id('inv'), id('pay'), id('rfd'), id('crn'), id('cus')]),
    /** Such as `xero`. */
    system: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'must be a short name such as xero'),
    externalId: line(120),
  }),
  out: externalRefView,
  status: 200,
  idempotent: true,
});
