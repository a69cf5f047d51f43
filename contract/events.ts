import * as z from 'zod';
import { roles } from '#domain/actor.ts';
import { eventTypes } from '#domain/event.ts';
import { id } from './ids.ts';
import { status } from './views/job.ts';

export const eventSource = 'kerf';

export const actor = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('staff'),
    personId: z.string(),
    name: z.string(),
    role: z.enum(roles),
    visitId: id('sup').optional(),
  }),
  z.object({ kind: z.literal('customer'), customerId: id('cus'), name: z.string() }),
  z.object({ kind: z.literal('vendor'), name: z.string() }),
  z.object({ kind: z.literal('agent'), agentId: id('agt') }),
  z.object({ kind: z.literal('system'), name: z.string() }),
]);

/** The `detail` of every Kerf event on the bus. */
export const busEvent = z.object({
  eventId: id('evt'),
  /** The shop's running number of events, gapless. */
  seq: z.int().min(1),
  shopId: id('shop'),
  jobId: id('job'),
  customerId: id('cus'),
  type: z.enum(eventTypes),
  at: z.iso.datetime(),
  actor,
  transition: z.object({ from: status, to: status, visit: z.int() }).optional(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Whoever did it wants nobody to get a mail of it. */
  quiet: z.boolean().optional(),
  /** Until when it can be undone; its mails wait for that. */
  undoUntil: z.iso.datetime().optional(),
});
export type BusEvent = z.infer<typeof busEvent>;
