import * as z from 'zod';
import { statuses, templateNames } from '#domain/job/job.ts';
import { owners } from '#domain/job/template.ts';
import { line } from '../text.ts';
import { status } from './job.ts';

const label = line(40);

/** What a shop may make of a shipped template. */
export const ownTemplate = z
  .object({
    statuses: z
      .partialRecord(
        z.enum(statuses),
        z.object({
          shop: label.optional(),
          customer: label.optional(),
          owner: z.enum(owners).optional(),
          /** 0: never flagged. */
          slaHours: z.int().optional(),
        }),
      )
      .default({}),
    /** Optional statuses that are not used. */
    off: z.array(status).max(statuses.length).default([]),
    instantOrders: z.boolean().optional(),
    /** False: a check is passed without a filled inspection. */
    needsInspection: z.boolean().optional(),
    /** Share of the agreed total that is due before production. */
    depositPercent: z.int().optional(),
    /** Days from the agreement to the payment of a purchase order. */
    netDays: z.int().optional(),
    /** Further statuses in which the customer may cancel. */
    customerMayCancel: z.array(status).max(statuses.length).optional(),
  })
  .meta({ id: 'OwnTemplate' });

export const templateView = z
  .object({
    name: z.enum(templateNames),
    title: z.string(),
    /** Rises with every change; 0 is the shipped one. */
    version: z.int(),
    statuses: z.array(
      z.object({
        status,
        label: z.string(),
        /** To the shop only, like all below. */
        customerLabel: z.string().optional(),
        owner: z.enum(owners).optional(),
        slaHours: z.int().optional(),
        optional: z.boolean().optional(),
        off: z.boolean().optional(),
      }),
    ),
    instantOrders: z.boolean(),
    depositPercent: z.int(),
    netDays: z.int(),
    /** To the shop only. */
    needsInspection: z.boolean().optional(),
    needsPromise: z.boolean(),
    needsParts: z.boolean(),
    /** What the shop has made of it. */
    own: ownTemplate.optional(),
  })
  .meta({ id: 'WorkflowTemplate' });
export type TemplateView = z.infer<typeof templateView>;
