import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { until } from '../../scripts/walk/instance.ts';

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

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
