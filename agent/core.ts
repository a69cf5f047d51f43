import { join } from 'node:path';
import { topics, type MachineSnapshot, type SnapshotMessage } from '#contract/mqtt.ts';
import type { RunFact } from '#domain/run/run.ts';
import { cloudClock } from './clock.ts';
import { executeCommands } from './commands.ts';
import type { Driver, PastPrint } from './drivers/driver.ts';
import { factSender } from './fact-sender.ts';
import type { Identity } from './identity.ts';
import { openSpool } from './spool.ts';
import { openUplink, type Uplink } from './uplink.ts';

const lookMilliseconds = 250;
const shortestBetweenSnapshots = 1000;
/** Progress in between comes with the next regular snapshot: one percent at a time cost more messages than those. */
export const percentStep = 5;
const owedMilliseconds = 5000;

export interface Agent {
  /** Ends cleanly; prints go on in their printers. */
  stop(): Promise<void>;
}

export interface AgentOptions {
  dir: string;
  identity: Identity;
  driver: Driver;
  heartbeatSeconds: number;
  log: (line: string) => void;
}

/** Runs an enrolled agent: printers are looked at, what happened is told once, commands are executed. */
export function startAgent({ dir, identity, driver, heartbeatSeconds, log }: AgentOptions): Agent {
  const machineIds = identity.machines.map(({ id }) => id);
  const clock = cloudClock(dir);
  const spool = openSpool(join(dir, 'facts'));
  // Everything is opened before the connection: a command may come in with its first packet.
  const uplinkOf = (): Uplink => uplink;
  const facts = factSender(spool, identity, uplinkOf, log);
  const commands = executeCommands({
    dir,
    identity,
    machineIds,
    clock,
    driver,
    uplink: uplinkOf,
    onStarted: () => void look(),
    log,
  });
  let snapshotAt = -Infinity;
  let shown = '';
  let looking = false;
  let stopped = false;

  const uplink: Uplink = openUplink(identity, {
    onCommand: (payload, live) => commands.onCommand(payload, live),
    onAck: (payload) => facts.onAck(payload),
    onReady() {
      snapshotAt = -Infinity;
      commands.look();
      facts.look();
      void look();
    },
    log,
  });

  /** Compares the printers' own history with what was told; after a restart this is the reconciliation. */
  async function tellFacts(): Promise<void> {
    for (const machineId of machineIds) {
      for (const print of await driver.history(machineId)) {
        for (const fact of factsOf(print, clock.stamp)) {
          if (spool.tell(fact)) log(`Run ${fact.runId}: ${fact.kind}.`);
        }
      }
    }
    facts.look();
  }

  async function sendSnapshot(): Promise<void> {
    const machines = await Promise.all(machineIds.map((machineId) => seen(machineId)));
    const outline = JSON.stringify(
      machines.map(({ state, percent }) => [state, Math.floor((percent ?? 0) / percentStep)]),
    );
    const age = performance.now() - snapshotAt;
    const due = age >= heartbeatSeconds * 1000 || (outline !== shown && age >= shortestBetweenSnapshots);
    if (!due || !uplink.isConnected()) return;
    snapshotAt = performance.now();
    shown = outline;
    const message: SnapshotMessage = { at: clock.stamp(Date.now()), machines };
    // A snapshot that is lost is followed by the next one.
    uplink.publish(topics.ingest('snapshot', identity), message).catch(() => undefined);
  }

  async function seen(machineId: string): Promise<MachineSnapshot> {
    try {
      return await driver.snapshot(machineId);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { machineId, state: 'unknown', error: why.slice(0, 500) };
    }
  }

  async function look(): Promise<void> {
    if (looking || stopped) return;
    looking = true;
    try {
      await tellFacts();
      await sendSnapshot();
    } catch (error) {
      log(`Looking at the printers failed: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      looking = false;
    }
  }

  const looks = setInterval(() => void look(), lookMilliseconds);
  const owed = setInterval(() => {
    if (uplink.isConnected()) commands.look();
  }, owedMilliseconds);

  return {
    async stop() {
      stopped = true;
      clearInterval(looks);
      clearInterval(owed);
      facts.stop();
      await commands.stop();
      await uplink.close();
      spool.close();
    },
  };
}

function factsOf({ runId, startedAt, end }: PastPrint, stamp: (milliseconds: number) => string): RunFact[] {
  const started: RunFact = { kind: 'started', runId, at: stamp(startedAt) };
  if (!end) return [started];
  const at = stamp(end.at);
  return end.kind === 'finished'
    ? [started, { kind: 'finished', runId, at, seconds: end.seconds, grams: end.grams }]
    : [started, { kind: end.kind, runId, at, reason: end.reason }];
}
