import * as z from 'zod';
import { exportStates } from '#domain/shop/shop-export.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { instant } from '../views/job.ts';

const fileOfExport = z.object({ name: z.string(), bytes: z.int(), sha256: z.string() });

export const exportView = z
  .object({
    id: id('exp'),
    state: z.enum(exportStates),
    askedAt: instant,
    askedBy: z.string(),
    /** Rows and files written so far. */
    rows: z.int(),
    files: z.int(),
    bytes: z.int(),
    endedAt: instant.optional(),
    expiresAt: instant.optional(),
  })
  .meta({ id: 'ShopExport' });
export type ExportView = z.infer<typeof exportView>;

const owner = { staff: ['owner'] } as const;

export const askExport = route({
  id: 'askExport',
  method: 'POST',
  path: '/v1/shop/exports',
  context: 'documents',
  summary: "Have everything that is the shop's own written into files; a mail tells when they are there",
  callers: owner,
  out: exportView,
  status: 201,
  idempotent: true,
});

export const listExports = route({
  id: 'listExports',
  method: 'GET',
  path: '/v1/shop/exports',
  context: 'documents',
  summary: 'The exports of the shop and how far they have come, newest first',
  callers: owner,
  out: z.object({ exports: z.array(exportView) }),
  status: 200,
});

export const getExportLinks = route({
  id: 'getExportLinks',
  method: 'GET',
  path: '/v1/shop/exports/{exportId}/links',
  context: 'documents',
  summary: 'Links to the files of an export; they hold for half an hour',
  callers: owner,
  params: z.object({ exportId: id('exp') }),
  out: z.object({
    /** The list of everything in it, first. */
    manifestUrl: z.string(),
    files: z.array(fileOfExport.extend({ url: z.string() })),
    expiresAt: instant,
  }),
  status: 200,
});
