import * as z from 'zod';
import { busEvent, type BusEvent } from '#contract/events.ts';

const envelope = z.object({ detail: busEvent });

/** The Kerf event in a bus delivery. @throws ZodError when it is not one */
export const parseBusEvent = (event: unknown): BusEvent => envelope.parse(event).detail;
