import * as z from 'zod';
import { rolesOf } from '#domain/actor.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { line, text } from '../text.ts';
import { jobView, partView } from '../views/job.ts';
import { key } from '../views/price.ts';
import { jobParams, reason } from './command.ts';
import { infillPercent, orientation, quantity } from './jobs.ts';

const callers = { staff: rolesOf('shop'), customer: true } as const;
const changesSomething = (body: object) => Object.values(body).some((value) => value !== undefined);
const nothingNamed = 'names nothing to change';

export const editJob = route({
  id: 'editJob',
  method: 'PATCH',
  path: '/v1/jobs/{jobId}',
  context: 'jobs',
  summary: 'Change title, note, date or delivery: a draft by its customer, a live job by the shop',
  callers,
  params: z.object({ jobId: id('job') }),
  body: z
    .object({
      title: line(120).optional(),
      /** Null takes it away. */
      note: text(2000).nullable().optional(),
      /** The shop's own words of what is to be made: for the bench and the vendor. Null takes them away. */
      spec: text(4000).nullable().optional(),
      /** Null takes it away. */
      wantedBy: z.iso.date().nullable().optional(),
      delivery: z.enum(['pickup', 'shipping']).optional(),
    })
    .refine(changesSomething, nothingNamed),
  out: jobView,
  status: 200,
  versioned: true,
});

export const editPart = route({
  id: 'editPart',
  method: 'PATCH',
  path: '/v1/jobs/{jobId}/parts/{partId}',
  context: 'jobs',
  summary: 'Change a line: of a draft by its customer, by the shop until a quote is open or agreed',
  callers,
  params: z.object({ jobId: id('job'), partId: id('part') }),
  body: z
    .object({
      name: line(200).optional(),
      quantity: quantity.optional(),
      materialId: key.optional(),
      finishId: key.optional(),
      infillPercent: infillPercent.optional(),
      orientation: orientation.optional(),
    })
    .refine(changesSomething, nothingNamed),
  out: partView,
  status: 200,
});

export const removeFile = route({
  id: 'removeFile',
  method: 'DELETE',
  path: '/v1/jobs/{jobId}/files/{fileId}',
  context: 'jobs',
  summary: 'Take a file off a draft, with the lines that order it',
  callers,
  params: z.object({ jobId: id('job'), fileId: id('file') }),
  out: z.undefined(),
  status: 204,
});

export const repairFile = route({
  id: 'repairFile',
  method: 'POST',
  path: '/v1/jobs/{jobId}/files/{fileId}/repair',
  context: 'jobs',
  summary: 'Add the repaired copy that a file with `repair` offers; the file itself stays as it is',
  callers,
  params: z.object({ jobId: id('job'), fileId: id('file') }),
  body: z
    .object({
      /** Lines that order the file order the repaired copy from now on. */
      replaceInParts: z.boolean().default(false),
    })
    .default({ replaceInParts: false }),
  out: jobView,
  status: 201,
  idempotent: true,
});

export const changeSalesperson = route({
  id: 'changeSalesperson',
  method: 'POST',
  path: '/v1/jobs/{jobId}/salesperson',
  context: 'jobs',
  summary: 'Put the job into the hands of another member',
  callers: { staff: callers.staff },
  params: jobParams,
  body: z.object({ salespersonId: line(80), reason }),
  out: jobView,
  status: 200,
  idempotent: true,
});

export const changePromise = route({
  id: 'changePromise',
  method: 'POST',
  path: '/v1/jobs/{jobId}/promised-date',
  context: 'jobs',
  summary: 'Promise another day; the customer gets a mail unless it is said otherwise',
  callers: { staff: callers.staff },
  params: jobParams,
  body: z.object({ date: z.iso.date(), reason, notify: z.boolean().default(true) }),
  out: jobView,
  status: 200,
  idempotent: true,
});
