import type { BusEvent } from '#contract/events.ts';
import { noteTrouble } from '../use-cases/note-trouble.ts';
import { parseBusEvent } from './bus-event.ts';

/**
 * A function that an event of the bus wakes. What it fails at stands on the operators' list, by the event; Lambda repeats it and then
 * puts it into the function's queue of failures.
 */
export const reactor =
  (name: string, react: (event: BusEvent) => Promise<void>) =>
  async (event: unknown): Promise<void> => {
    const happened = parseBusEvent(event);
    try {
      await react(happened);
    } catch (error) {
      await noteTrouble(name, { ...happened, subject: happened.eventId }, error);
      throw error;
    }
  };
