import * as z from 'zod';
import { roles, rolesOf } from '#domain/actor.ts';
import { checklistIds } from '#domain/inspection/checklist.ts';
import { templateNames } from '#domain/job/job.ts';
import { itemResults } from '#domain/inspection/inspection.ts';
import { attachmentTypes, maximumPhotoBytes, photoKinds } from '#domain/photo/photo.ts';
import { figure } from '../figure.ts';
import { day } from '../day.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { line, text } from '../text.ts';
import { instant } from '../views/job.ts';

const maker = rolesOf('operator');
const handler = rolesOf('shop', 'operator');
const jobParams = z.object({ jobId: id('job') });
const photoParams = jobParams.extend({ photoId: id('photo') });
const checklistId = z.enum(checklistIds);

const checklistItem = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be lower-case letters, digits and dashes'),
  label: line(120),
  tolerance: z
    .object({
      unit: line(10),
      absolute: figure.min(0).max(1e6),
      percent: figure.min(0).max(100).optional(),
    })
    .optional(),
  /** "Not applicable" is no answer to it. */
  required: z.boolean().optional(),
  /** Its answer comes with a photo. */
  photo: z.boolean().optional(),
});
/** The list of a kind of job may be empty: then it is not asked for. */
const checklistFields = z.object({ name: line(60), items: z.array(checklistItem).max(60) });

export const checklistView = checklistFields
  .extend({ id: checklistId, version: z.int().min(0) })
  .meta({ id: 'Checklist' });
export type ChecklistView = z.infer<typeof checklistView>;

export const listChecklists = route({
  id: 'listChecklists',
  method: 'GET',
  path: '/v1/checklists',
  context: 'quality',
  summary: 'What is looked at before a job leaves the shop, per way of making and per kind of job',
  callers: { staff: roles },
  out: z.object({ checklists: z.array(checklistView) }),
  status: 200,
});

export const replaceChecklist = route({
  id: 'replaceChecklist',
  method: 'PUT',
  path: '/v1/checklists',
  context: 'quality',
  summary: 'Change the checklist that the body names; inspections made before keep theirs',
  callers: { staff: ['owner', 'admin'] },
  body: checklistFields
    .extend({ id: checklistId })
    .refine(({ items }) => new Set(items.map((item) => item.id)).size === items.length, {
      path: ['items'],
      message: 'every item needs an id of its own',
    })
    .refine(({ id: list, items }) => items.length > 0 || templateNames.some((each) => each === list), {
      path: ['items'],
      message: 'A way of making is looked at by at least one item.',
    }),
  out: checklistView,
  status: 200,
  versioned: true,
});

const reading = figure.min(-1e9).max(1e9);

export const inspectionView = z
  .object({
    id: id('ins'),
    jobId: id('job'),
    checklistId,
    checklistVersion: z.int(),
    attempt: z.int(),
    reworkCycle: z.int(),
    items: z.array(
      z.object({
        itemId: z.string(),
        label: z.string(),
        result: z.enum(itemResults),
        measurement: z
          .object({
            nominal: z.number(),
            measured: z.number(),
            tolerance: z.object({ unit: z.string(), absolute: z.number(), percent: z.number().optional() }),
          })
          .optional(),
        note: z.string().optional(),
        photoIds: z.array(id('photo')).optional(),
      }),
    ),
    outcome: z.enum(['pass', 'fail']),
    inspector: z.string(),
    note: z.string().optional(),
    at: instant,
  })
  .meta({ id: 'Inspection' });
export type InspectionView = z.infer<typeof inspectionView>;

export const recordInspection = route({
  id: 'recordInspection',
  method: 'POST',
  path: '/v1/jobs/{jobId}/inspections',
  context: 'quality',
  summary: 'Record an inspection by a checklist; passing or failing the job is a step of its own',
  callers: { staff: maker },
  params: jobParams,
  body: z.object({
    checklistId,
    /** The version seen. */
    checklistVersion: z.int().min(0),
    items: z
      .array(
        z.object({
          itemId: z.string().max(40),
          result: z.enum(itemResults).optional(),
          nominal: reading.optional(),
          measured: reading.optional(),
          note: line(200).optional(),
          /** Of the job. */
          photoIds: z.array(id('photo')).max(10).optional(),
        }),
      )
      .max(60),
    note: text(1000).optional(),
  }),
  out: inspectionView,
  status: 201,
  idempotent: true,
});

export const listInspections = route({
  id: 'listInspections',
  method: 'GET',
  path: '/v1/jobs/{jobId}/inspections',
  context: 'quality',
  summary: 'The inspections of a job, oldest first',
  callers: { staff: roles },
  params: jobParams,
  out: z.object({ inspections: z.array(inspectionView) }),
  status: 200,
});

export const getFirstPassYield = route({
  id: 'getFirstPassYield',
  method: 'GET',
  path: '/v1/first-pass-yield',
  context: 'quality',
  summary: 'Of the first inspections of each month, how many passed',
  callers: { staff: ['owner', 'admin', 'operator'] },
  query: z.object({ from: day, to: day }),
  out: z.object({
    months: z.array(
      z.object({ month: z.string(), inspected: z.int(), passed: z.int(), percent: z.number() }),
    ),
  }),
  status: 200,
});

export const photoView = z
  .object({
    id: id('photo'),
    inspectionId: id('ins').optional(),
    name: z.string(),
    caption: z.string().optional(),
    state: z.enum(['awaiting_upload', 'stored', 'refused']),
    kind: z.enum(photoKinds),
    type: z.enum(attachmentTypes).optional(),
    shared: z.boolean(),
    createdAt: instant,
    /** Once it is stored; good for half an hour. */
    url: z.string().optional(),
  })
  .meta({ id: 'Photo' });
export type PhotoView = z.infer<typeof photoView>;

export const createPhoto = route({
  id: 'createPhoto',
  method: 'POST',
  path: '/v1/jobs/{jobId}/photos',
  context: 'quality',
  summary: 'Announce a photo of a job, or a PDF for one of its cards; answers with the form to upload it by',
  callers: { staff: handler },
  params: jobParams,
  body: z.object({
    name: line(200),
    bytes: z.int().min(1).max(maximumPhotoBytes, 'A photo may have at most 8 MB.'),
    caption: line(200).optional(),
    /** The cards take PDFs, too. */
    kind: z.enum(photoKinds).default('work'),
    inspectionId: id('ins').optional(),
    /** The customer sees it. */
    shared: z.boolean().default(false),
  }),
  out: z.object({
    photo: photoView,
    upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()), expiresAt: instant }),
  }),
  status: 201,
  idempotent: true,
});

export const listPhotos = route({
  id: 'listPhotos',
  method: 'GET',
  path: '/v1/jobs/{jobId}/photos',
  context: 'quality',
  summary: 'The photos of a job; customers see those that are shared',
  callers: { staff: roles, customer: true, link: true },
  params: jobParams,
  out: z.object({ photos: z.array(photoView) }),
  status: 200,
});

export const sharePhoto = route({
  id: 'sharePhoto',
  method: 'POST',
  path: '/v1/jobs/{jobId}/photos/{photoId}/share',
  context: 'quality',
  summary: 'Show a photo to the customer, or hide it again',
  callers: { staff: handler },
  params: photoParams,
  body: z.object({ shared: z.boolean() }),
  out: photoView,
  status: 200,
  idempotent: true,
});

export const removePhoto = route({
  id: 'removePhoto',
  method: 'DELETE',
  path: '/v1/jobs/{jobId}/photos/{photoId}',
  context: 'quality',
  summary: 'Remove a photo and its content',
  callers: { staff: ['owner', 'admin'] },
  params: photoParams,
  out: z.undefined(),
  status: 204,
});
