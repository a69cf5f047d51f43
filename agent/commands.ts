import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { printCommand, topics, type AgentAddress, type AnswerMessage } from '#contract/mqtt.ts';
import type { CloudClock } from './clock.ts';
import { download, WrongFile } from './download.ts';
import { CannotStart, type Driver } from './drivers/driver.ts';
import { isSettled, moved, openInbox, received, type InboxEntry } from './inbox.ts';
import { jsonOf } from './json.ts';
import type { Uplink } from './uplink.ts';

const againMilliseconds = 1000;
const longestPauseMilliseconds = 15_000;

/** Executes commands: each id once, none after its time. */
export interface Commands {
  /** A command came; it is on disk when this returns. `live`: the cloud sent it just now. */
  onCommand(payload: string, live: boolean): void;
  /** There is a connection: finish what a crash or an outage left, and give the answers owed. */
  look(): void;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

export interface CommandsOptions {
  dir: string;
  identity: AgentAddress;
  machineIds: readonly string[];
  clock: CloudClock;
  driver: Driver;
  uplink: () => Uplink;
  /** A print was started. */
  onStarted: () => void;
  log: (line: string) => void;
}

export function executeCommands(options: CommandsOptions): Commands {
  const { identity, clock, driver, uplink, log } = options;
  const inbox = openInbox(join(options.dir, 'commands'), clock.now());
  const working = new Map<string, Promise<void>>();
  const stopping = new AbortController();

  /** Gives the answer to the broker; says whether it took it. */
  async function answer(entry: InboxEntry): Promise<boolean> {
    const { command, state, reason } = entry;
    const message: AnswerMessage = {
      commandId: command.id,
      state,
      ...(reason === undefined ? {} : { reason }),
    };
    try {
      await uplink().publish(topics.ingest('answer', identity), message);
    } catch {
      return false;
    }
    inbox.put({ ...(inbox.find(command.id) ?? entry), answered: state });
    return true;
  }

  const settle = (entry: InboxEntry, state: 'done' | 'failed' | 'expired', reason?: string): InboxEntry => {
    const after = moved(entry, state, reason);
    inbox.put(after);
    rmSync(fileOf(entry), { force: true });
    log(`Command ${entry.command.id}: ${state}${reason === undefined ? '' : `. ${reason}`}`);
    return after;
  };
  const fileOf = ({ command }: InboxEntry) => join(options.dir, 'files', command.id);
  const isOver = ({ command }: InboxEntry) => Date.parse(command.expiresAt) <= clock.now();
  const overReason = ({ command }: InboxEntry) =>
    `The command was good until ${command.expiresAt}; by this agent’s clock it is ${new Date(clock.now()).toISOString()}. Start the run again; if this repeats, check the computer’s clock.`;

  async function hasStarted({ command }: InboxEntry): Promise<boolean> {
    return (await driver.history(command.machineId)).some(({ runId }) => runId === command.runId);
  }

  /** One step; undefined when it has to wait for a connection. */
  async function step(entry: InboxEntry): Promise<InboxEntry | undefined> {
    const { command } = entry;
    if (entry.state === 'received') {
      if (isOver(entry)) return settle(entry, 'expired', overReason(entry));
      if (entry.answered === 'issued' && !(await answer(entry))) return undefined;
      const accepted = moved(inbox.find(command.id) ?? entry, 'accepted');
      inbox.put(accepted);
      return accepted;
    }
    // The printer is asked first: it may have begun before a crash.
    if (await hasStarted(entry)) return settle(entry, 'done');
    if (isOver(entry)) return settle(entry, 'expired', overReason(entry));
    // Only when the broker has the acceptance does the print begin: the cloud must not void a run that prints.
    if (entry.answered !== 'accepted') return (await answer(entry)) ? inbox.find(command.id) : undefined;
    return startPrint(entry);
  }

  async function startPrint(entry: InboxEntry): Promise<InboxEntry | undefined> {
    const { command } = entry;
    const { machineId, runId, quantity, estimatedSeconds, estimatedGrams, file } = command;
    const path = fileOf(entry);
    const fault = await fetchFile(entry, path);
    if (stopping.signal.aborted) return undefined;
    if (fault !== undefined) return settle(entry, 'failed', fault);
    if (isOver(entry)) return settle(entry, 'expired', overReason(entry));
    try {
      await driver.start({
        machineId,
        runId,
        quantity,
        estimatedSeconds,
        estimatedGrams,
        name: file.name,
        path,
      });
    } catch (error) {
      if (!(error instanceof CannotStart)) throw error;
      return settle(entry, 'failed', error.message);
    }
    const done = settle(entry, 'done');
    options.onStarted();
    return done;
  }

  /** The file on disk, or why it never will be. Network troubles are tried again until the command's time is over. */
  async function fetchFile(entry: InboxEntry, path: string): Promise<string | undefined> {
    for (let wait = againMilliseconds; ; wait = Math.min(2 * wait, longestPauseMilliseconds)) {
      const left = Math.max(0, Date.parse(entry.command.expiresAt) - clock.now());
      const late = new AbortController();
      // Timers hold 31 bits; no command lives for weeks.
      const timer = setTimeout(() => late.abort(new Error('its time was over')), Math.min(left, 2 ** 31 - 1));
      try {
        await download(entry.command.file, path, AbortSignal.any([stopping.signal, late.signal]));
        return undefined;
      } catch (error) {
        if (stopping.signal.aborted) return undefined;
        if (error instanceof WrongFile) return error.message;
        const why = `The file ${entry.command.file.name} could not be downloaded (${wordsOf(error)}).`;
        if (Date.parse(entry.command.expiresAt) - clock.now() <= wait) return `${why} Start the run again.`;
        log(`${why} Trying again.`);
      } finally {
        clearTimeout(timer);
      }
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return undefined;
    }
  }

  async function work(commandId: string): Promise<void> {
    for (let entry = inbox.find(commandId); entry && !isSettled(entry) && !stopping.signal.aborted;) {
      const after: InboxEntry | undefined = await step(entry);
      if (!after) return;
      entry = after;
    }
    const last = inbox.find(commandId);
    if (last && isSettled(last) && last.answered !== last.state) await answer(last);
  }

  function begin(commandId: string): void {
    if (working.has(commandId) || stopping.signal.aborted) return;
    const job = work(commandId)
      .catch((error: unknown) => log(`Command ${commandId} goes on later: ${wordsOf(error)}`))
      .finally(() => working.delete(commandId));
    working.set(commandId, job);
  }

  return {
    onCommand(payload, live) {
      const parsed = printCommand.safeParse(jsonOf(payload));
      if (!parsed.success)
        return log('A command that is not of the contract was ignored. Is this agent up to date?');
      const command = parsed.data;
      const known = inbox.find(command.id);
      const over = clock.isOver(command, live);
      if (known) {
        // The cloud repeats what it has no answer to. A repeated command carries a fresher address of its file.
        inbox.put({ ...known, command: { ...known.command, file: command.file }, answered: 'issued' });
      } else {
        const entry = received(command);
        const mine = options.machineIds.includes(command.machineId);
        if (over) settle(entry, 'expired', overReason(entry));
        else if (!mine)
          settle(entry, 'failed', 'This agent does not speak for that machine. Enrol it for it.');
        else inbox.put(entry);
      }
      begin(command.id);
    },
    look() {
      for (const entry of inbox.all()) {
        if (!isSettled(entry) || entry.answered !== entry.state) begin(entry.command.id);
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all(working.values());
    },
  };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
