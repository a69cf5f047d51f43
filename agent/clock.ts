import { join } from 'node:path';
import * as z from 'zod';
import { readJson, writeWhole } from './disk.ts';

/**
 * The cloud's time as far as this agent knows it: its own clock, moved forward by the largest lead that a command has shown.
 *
 * A command can not have been issued in the future, so `issuedAt - own clock` never exceeds the true lead. The lead is not
 * lowered by commands that waited in the broker's queue, and it is kept on disk, so that a restart does not make old commands
 * young. It covers a slow computer as well as a laptop's business time. A computer whose clock is fast refuses commands early:
 * that prints nothing by surprise, and the answer says to check the clock.
 */
export interface CloudClock {
  /** Milliseconds since 1970 in the cloud's time. */
  now: () => number;
  /** The cloud's time, ISO 8601, of an instant of this computer's clock (milliseconds). */
  stamp: (ownMilliseconds: number) => string;
  /**
   * Learns from a command and says whether its time is over.
   * @param live it came while the connection had long been up, so the cloud sent it just now
   */
  isOver(command: { issuedAt: string; expiresAt: string }, live: boolean): boolean;
}

const leadFile = z.object({ leadMilliseconds: z.number().min(0) });

/** @param own this computer's clock, milliseconds */
export function cloudClock(dir: string, own: () => number = Date.now): CloudClock {
  const path = join(dir, 'clock.json');
  let lead = readJson(path, leadFile)?.leadMilliseconds ?? 0;
  const keep = (milliseconds: number) => {
    lead = milliseconds;
    writeWhole(path, JSON.stringify({ leadMilliseconds: lead }));
  };
  return {
    now: () => own() + lead,
    stamp: (ownMilliseconds) => new Date(ownMilliseconds + lead).toISOString(),
    isOver({ issuedAt, expiresAt }, live) {
      const shown = Date.parse(issuedAt) - own();
      const end = Date.parse(expiresAt);
      if (shown > lead) keep(shown);
      // The cloud sends no command past its time. If only the lead says so, this computer's clock was put right since.
      else if (live && end > own() && end <= own() + lead) keep(Math.max(0, shown));
      return end <= own() + lead;
    },
  };
}
