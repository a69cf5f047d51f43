import * as z from 'zod';
import { instant } from './job.ts';

/** The shop is closed, and deleted at `deleteAt` unless its owner opens it again. */
export const closingView = z.object({
  askedAt: instant,
  askedBy: z.string(),
  deleteAt: instant,
  /** Deletion has begun: nobody takes it back. */
  isBeingDeleted: z.boolean(),
});
export type ClosingView = z.infer<typeof closingView>;
