/** Warm worker threads of one heavy function: each handles one event at a time, the rest wait their turn. */
import { availableParallelism } from 'node:os';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { namedError, reportedError } from './errors.ts';
import type { FunctionSettings } from './handler.ts';
import type { WorkerAnswer } from './worker.ts';

const MOST_THREADS = Math.max(1, availableParallelism() - 1);

export interface ThreadPool {
  /** Rejects with the handler's error, `Sandbox.Timedout`, `Runtime.OutOfMemory` or `Runtime.ExitError`. */
  run(event: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export function threadPool(settings: FunctionSettings): ThreadPool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  const start = () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      name: settings.name,
      workerData: settings,
      env: SHARE_ENV,
      resourceLimits: { maxOldGenerationSizeMb: settings.memoryMb },
    });
    all.add(worker);
    const forget = () => {
      all.delete(worker);
      const place = idle.indexOf(worker);
      if (place >= 0) idle.splice(place, 1);
    };
    worker.once('exit', forget);
    // Without a listener an idle thread's failure would end this process.
    worker.on('error', forget);
    worker.unref();
    return worker;
  };

  async function turn(): Promise<Worker> {
    if (busy >= MOST_THREADS) await new Promise<void>((go) => waiting.push(go));
    busy += 1;
    return idle.pop() ?? start();
  }

  return {
    async run(event) {
      const worker = await turn();
      try {
        const result = await ask(worker, event, settings);
        idle.push(worker);
        return result;
      } catch (error) {
        if (error instanceof HandlerFailed) {
          idle.push(worker);
          throw error.cause;
        }
        all.delete(worker);
        await worker.terminate();
        throw error;
      } finally {
        busy -= 1;
        waiting.shift()?.();
      }
    },
    async close() {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

/** The handler threw: the thread itself is fine. */
class HandlerFailed extends Error {}

function ask(worker: Worker, event: unknown, settings: FunctionSettings): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      settle();
    };
    const onMessage = (answer: WorkerAnswer) =>
      finish(() => {
        if (answer.error === undefined) resolve(JSON.parse(answer.result ?? 'null'));
        else reject(new HandlerFailed('', { cause: reportedError(answer.error) }));
      });
    const onError = (error: Error & { code?: string }) =>
      finish(() => {
        const name = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'Runtime.OutOfMemory' : 'Runtime.ExitError';
        reject(namedError(name, `${settings.name}: ${error.message}`));
      });
    const onExit = (code: number) =>
      finish(() =>
        reject(
          namedError('Runtime.ExitError', `${settings.name} exited with code ${code} before it answered.`),
        ),
      );
    const timer = setTimeout(() => finish(() => reject(timedOut(settings))), settings.timeoutSeconds * 1000);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(JSON.stringify(event ?? null));
  });
}

export const timedOut = (settings: FunctionSettings): Error =>
  namedError(
    'Sandbox.Timedout',
    `${settings.name}: Task timed out after ${settings.timeoutSeconds.toFixed(2)} seconds`,
  );
