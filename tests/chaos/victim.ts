import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { advanceClock, until } from '../../scripts/walk/instance.ts';
import { minutes } from '../integration/support/kerf.ts';
import type { TaggedMail } from '../integration/support/orders.ts';
import type { FaultCounts } from './faults.ts';

interface Up {
  url: string;
  payments: number;
  environment: Record<string, string>;
}

/** A Kerf process that can be killed and started again on its folder, always at the same addresses. */
export interface Victim extends Up {
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Resolves when the process has ended, however. */
  ended(): Promise<void>;
  start(): Promise<void>;
  /** Plants faults inside the process from now on. */
  plant(seed: number): void;
  /** No more faults; tells how many of each kind there were. */
  calm(): Promise<FaultCounts>;
  /** Clock, queue and dead letters as the switches show them. */
  state(): Promise<{ idle: boolean; executions: number; deadLetters: { target: string; error: string }[] }>;
}

export async function startVictim(dataDir: string, deadlySubject?: string): Promise<Victim> {
  let child: ChildProcess;
  let exit: Promise<void>;
  const begin = (...more: string[]): Promise<Up> => {
    child = fork(join(import.meta.dirname, 'kerf-process.ts'), [dataDir, ...more], { execArgv: [] });
    exit = new Promise((resolve) => child.once('exit', () => resolve()));
    return new Promise((resolve, reject) => {
      child.once('message', (up) => resolve(up as Up));
      child.once('exit', (code) => reject(new Error(`Kerf ended with ${code} before it was up`)));
    });
  };
  const up = await begin(...(deadlySubject === undefined ? [] : [deadlySubject]));
  return {
    ...up,
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
    ended: () => exit,
    async start() {
      await begin();
    },
    plant(seed) {
      child.send({ faults: seed });
    },
    calm() {
      child.send({ calm: true });
      return new Promise((resolve) =>
        child.once('message', (answer) => resolve((answer as { counts: FaultCounts }).counts)),
      );
    },
    async state() {
      return (await (await fetch(`${up.url}/_local/state`)).json()) as Awaited<ReturnType<Victim['state']>>;
    },
  };
}

const quietMs = 500;

/** Resolves when nothing has been waiting or running for a while. */
export async function quiet(victim: Victim): Promise<void> {
  let idleSince: number | undefined;
  await until(
    'a quiet Kerf',
    async () => {
      idleSince = (await victim.state()).idle ? (idleSince ?? Date.now()) : undefined;
      return idleSince !== undefined && Date.now() - idleSince >= quietMs;
    },
    60,
  );
}

/** Lets everything that a crash left behind come to its end: leases, watches, commands nobody took. */
export async function settle(victim: Victim): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await quiet(victim);
    await advanceClock(victim, minutes(6));
  }
  await quiet(victim);
}

const mostMails = 100_000;

/** All mails to these addresses. */
export async function mailsOf(victim: Victim, addresses: readonly string[]): Promise<TaggedMail[]> {
  const mails: TaggedMail[] = [];
  for (const address of addresses) {
    const query = new URLSearchParams({ to: address, limit: String(mostMails) });
    const response = await fetch(`${victim.url}/_local/mail.json?${query.toString()}`);
    mails.push(...((await response.json()) as { mails: TaggedMail[] }).mails);
  }
  return mails;
}
