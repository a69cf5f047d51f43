import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { printCommand, type PrintCommand } from '#contract/mqtt.ts';
import { commandStates } from '#domain/machine/command.ts';
import { readJson, writeWhole } from './disk.ts';

const keptMilliseconds = 7 * 24 * 3600_000;

const inboxEntry = z.object({
  command: printCommand,
  state: z.enum(commandStates).exclude(['issued']),
  reason: z.string().exactOptional(),
  /** The last state that the broker took from us. */
  answered: z.enum(commandStates),
});
export type InboxEntry = z.infer<typeof inboxEntry>;

export const isSettled = ({ state }: Pick<InboxEntry, 'state'>): boolean =>
  state === 'done' || state === 'failed' || state === 'expired';

/** Every command this agent has received, one file each, so that none is executed twice. */
export interface Inbox {
  all(): InboxEntry[];
  find(commandId: string): InboxEntry | undefined;
  /** On disk when it returns. */
  put(entry: InboxEntry): void;
}

/** @param now the cloud's time, milliseconds; commands long over and answered are forgotten on opening */
export function openInbox(dir: string, now: number): Inbox {
  mkdirSync(dir, { recursive: true });
  const pathOf = (id: string) => join(dir, `${id}.json`);
  const entries = new Map<string, InboxEntry>();
  for (const name of readdirSync(dir).filter((each) => each.endsWith('.json'))) {
    const entry = readJson(join(dir, name), inboxEntry);
    if (!entry) continue;
    const old = Date.parse(entry.command.expiresAt) + keptMilliseconds < now;
    if (old && isSettled(entry) && entry.answered === entry.state)
      rmSync(pathOf(entry.command.id), { force: true });
    else entries.set(entry.command.id, entry);
  }
  return {
    all: () => [...entries.values()],
    find: (commandId) => entries.get(commandId),
    put(entry) {
      writeWhole(pathOf(entry.command.id), JSON.stringify(entry));
      entries.set(entry.command.id, entry);
    },
  };
}

/** The entry in a later state, not yet answered. */
export const moved = (entry: InboxEntry, state: InboxEntry['state'], reason?: string): InboxEntry => ({
  command: entry.command,
  answered: entry.answered,
  state,
  ...(reason === undefined ? {} : { reason: reason.slice(0, 500) }),
});

export const received = (command: PrintCommand): InboxEntry => ({
  command,
  state: 'received',
  answered: 'issued',
});
