import * as z from 'zod';
import { statuses, templateNames } from '#domain/job/job.ts';
import { owners } from '#domain/job/template.ts';
import { cancelRules } from '#domain/payment/deposit.ts';
import { line } from '../text.ts';
import { status } from './job.ts';

const label = line(40);
const minor = z.int().min(1).max(1e11);
const percent = z.int().min(1).max(100);

/** What is due before production; amounts in minor units of the shop's currency. */
export const depositRule = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('percent'), percent }),
    z.object({ kind: z.literal('fixed'), amountMinor: minor }),
    z.object({ kind: z.literal('percent_above'), percent, aboveMinor: minor }),
  ])
  .meta({ id: 'DepositRule' });

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
    /** False: a check is passed without a filled inspection. */
    needsInspection: z.boolean().optional(),
    deposit: depositRule.optional(),
    /** What becomes of money taken for an order that its customer cancels. */
    onCancel: z.enum(cancelRules).optional(),
    /** Whole percent of the agreed total up to which work may cost more without the customer's word. */
    adjustmentLimitPercent: z.int().optional(),
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
    deposit: depositRule,
    onCancel: z.enum(cancelRules),
    adjustmentLimitPercent: z.int(),
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
