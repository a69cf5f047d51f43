/** Runs the registry's functions as Lambda does: loaded when first called, one answer per event, all of it through JSON. */
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FunctionSpec } from '#contract/functions.ts';
import type { Invoke } from '../engine/deliveries.ts';
import { namedError, reportError, reportedError } from './errors.ts';
import { type FunctionSettings, callHandler, jsonOf, loadHandler } from './handler.ts';
import { type ThreadPool, threadPool, timedOut } from './thread-pool.ts';

export interface FunctionStats {
  invocations: number;
  errors: number;
  throttles: number;
  running: number;
}

export interface LambdaHost {
  /**
   * Takes a function's name or an ARN that ends in it. Rejects with what the handler threw (name, message, stack), or with
   * `Sandbox.Timedout`, `Runtime.*`, `TooManyRequestsException`, `ResourceNotFoundException`.
   */
  invoke: Invoke;
  /** Waits some seconds for what is running, then ends the threads. Calls after it are refused. */
  close(): Promise<void>;
  stats(): Record<string, FunctionStats>;
  /** Throttles the function until `resume`. */
  pause(name: string): void;
  resume(name: string): void;
  /** The next `count` calls die as if the sandbox crashed, before the handler ran or right after it. */
  failNext(name: string, count: number, when: 'before' | 'after'): void;
  /** Takes back every pause and every crash still to come. */
  mend(): void;
}

interface Hosted {
  settings: FunctionSettings;
  pool: ThreadPool | undefined;
  stats: FunctionStats;
  paused: boolean;
  failures: ('before' | 'after')[];
}

const CLOSE_WAIT_MS = 5_000;

/** Runs a call of the named function with this event; for benches that measure it. */
export type Around = (name: string, event: unknown, call: () => Promise<unknown>) => Promise<unknown>;

/** `root` is the folder the registry's entries are relative to. `apart`: which functions get threads as heavy ones do; for benches. */
export function lambdaHost(options: {
  functions: readonly FunctionSpec[];
  root: string;
  around?: Around;
  apart?: (name: string) => boolean;
}): LambdaHost {
  const around: Around = options.around ?? ((_name, _event, call) => call());
  const hosted = new Map<string, Hosted>();
  for (const spec of options.functions) {
    const { name, timeoutSeconds, memoryMb } = spec;
    const settings = { name, timeoutSeconds, memoryMb, path: resolve(options.root, spec.entry) };
    hosted.set(name, {
      settings,
      pool: spec.heavy === true || options.apart?.(name) ? threadPool(settings) : undefined,
      stats: { invocations: 0, errors: 0, throttles: 0, running: 0 },
      paused: false,
      failures: [],
    });
  }
  let closed = false;

  const find = (nameOrArn: string): Hosted => {
    const found = hosted.get(nameOrArn) ?? hosted.get(nameOrArn.split(':').at(-1) ?? '');
    if (found === undefined)
      throw namedError('ResourceNotFoundException', `Function not found: ${nameOrArn}`);
    return found;
  };

  return {
    async invoke(name, event) {
      const target = find(name);
      if (closed) throw namedError('ServiceException', 'The Lambda host is closed.');
      if (target.paused) {
        target.stats.throttles += 1;
        throw namedError('TooManyRequestsException', 'Rate Exceeded.');
      }
      target.stats.invocations += 1;
      target.stats.running += 1;
      try {
        return await around(target.settings.name, event, () => run(target, JSON.parse(jsonOf(event))));
      } catch (error) {
        target.stats.errors += 1;
        throw error;
      } finally {
        target.stats.running -= 1;
      }
    },
    async close() {
      closed = true;
      const deadline = Date.now() + CLOSE_WAIT_MS;
      while ([...hosted.values()].some((each) => each.stats.running > 0) && Date.now() < deadline)
        await delay(10);
      await Promise.all([...hosted.values()].flatMap((each) => each.pool?.close() ?? []));
    },
    stats: () => Object.fromEntries([...hosted].map(([name, each]) => [name, { ...each.stats }])),
    pause(name) {
      find(name).paused = true;
    },
    resume(name) {
      find(name).paused = false;
    },
    failNext(name, count, when) {
      find(name).failures.push(...Array.from({ length: count }, () => when));
    },
    mend() {
      for (const each of hosted.values()) {
        each.paused = false;
        each.failures.length = 0;
      }
    },
  };
}

async function run(target: Hosted, event: unknown): Promise<unknown> {
  const failure = target.failures.shift();
  const crash = () =>
    namedError(
      'Runtime.ExitError',
      `${target.settings.name}: crashed ${failure} the handler, as a test asked.`,
    );
  if (failure === 'before') throw crash();
  const result = await (target.pool?.run(event) ?? runHere(target.settings, event));
  if (failure === 'after') throw crash();
  return result;
}

/** On this thread: a handler past its time is answered for, but can not be stopped. */
async function runHere(settings: FunctionSettings, event: unknown): Promise<unknown> {
  const handler = await loadHandler(settings.path);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(timedOut(settings)), settings.timeoutSeconds * 1000);
  try {
    return JSON.parse(await Promise.race([callHandler(handler, event, settings), late.promise]));
  } catch (error) {
    throw reportedError(reportError(error));
  } finally {
    clearTimeout(timer);
  }
}
