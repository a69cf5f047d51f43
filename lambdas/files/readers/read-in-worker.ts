import { Worker } from 'node:worker_threads';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import type { CadResult, CadTask } from './cad-result.ts';

/** JavaScript heap of the thread; the libraries' own memory is bounded inside it (`bound-wasm.ts`). */
const heapMb = 768;
const leastSeconds = 20;
const secondsPerMb = 4;
const mostSeconds = 200;

/** In a bundle the thread's code lies beside this one's, and is JavaScript. */
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './cad-thread.ts' : './cad-thread.mjs',
  import.meta.url,
);

/**
 * Reads a file with a library that may crash, hang or eat memory, on a thread that is ended for it.
 * @throws UnreadableFile
 */
export async function readInWorker(task: CadTask & { bytes: Uint8Array<ArrayBuffer> }): Promise<CadResult> {
  const seconds = Math.min(mostSeconds, leastSeconds + (task.bytes.length / 1_000_000) * secondsPerMb);
  const worker = new Worker(threadFile, {
    workerData: task,
    transferList: [task.bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
    // The libraries print what they think of a file.
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  const answer = Promise.withResolvers<CadResult>();
  const timer = setTimeout(() => answer.reject(tooComplex), seconds * 1000);
  worker.once('message', answer.resolve);
  worker.once('error', (error: Error & { code?: string }) =>
    answer.reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooComplex : error),
  );
  worker.once('exit', () => answer.reject(tooComplex));
  try {
    return await answer.promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const tooComplex = new UnreadableFile(
  'too_complex',
  'This file takes more time or memory to read than we can give it. Export the part alone, with less detail, or as an STL file.',
);
