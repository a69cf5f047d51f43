import * as z from 'zod';
import { metered, planNames } from '#domain/platform/plan.ts';
import { supportKinds } from '#domain/platform/support.ts';
import { id } from '../ids.ts';
import { instant } from './job.ts';

export const planName = z.enum(planNames);

/** How a shop stands with Kerf. */
export const standingView = z
  .object({
    plan: planName,
    planTitle: z.string(),
    suspension: z.object({ reason: z.string(), since: instant }).optional(),
  })
  .meta({ id: 'Standing' });
export type StandingView = z.infer<typeof standingView>;

/** Something Kerf's people did about a shop; of a visit also what they changed during it. */
export const supportEntryView = z
  .object({
    id: id('sup'),
    kind: z.enum(supportKinds),
    at: instant,
    operator: z.object({ name: z.string() }),
    reason: z.string(),
    expiresAt: instant.optional(),
    endedAt: instant.optional(),
    acts: z.array(
      z.object({
        at: instant,
        route: z.string(),
        summary: z.string(),
        target: z.record(z.string(), z.string()),
      }),
    ),
  })
  .meta({ id: 'SupportEntry' });
export type SupportEntryView = z.infer<typeof supportEntryView>;

/** What a shop used of its plan, and month by month (UTC), newest first. */
export const usageView = z
  .object({
    plan: planName,
    planTitle: z.string(),
    limits: z.array(
      z.object({
        what: z.enum(metered),
        used: z.number(),
        limit: z.number().optional(),
        left: z.number().optional(),
      }),
    ),
    months: z.array(
      z.object({
        month: z.string(),
        calls: z.int(),
        jobs: z.int(),
        files: z.int(),
        fileBytes: z.int(),
        mails: z.int(),
        events: z.int(),
        machineMessages: z.int(),
        /** All files by the end of the month. */
        storedBytes: z.int(),
      }),
    ),
  })
  .meta({ id: 'Usage' });
export type UsageView = z.infer<typeof usageView>;
