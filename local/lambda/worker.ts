/** One warm execution environment of a heavy function: a thread that handles one event at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import { type ReportedError, reportError } from './errors.ts';
import { type FunctionSettings, callHandler, loadHandler } from './handler.ts';

export interface WorkerAnswer {
  /** JSON text of the answer. */
  result?: string;
  error?: ReportedError;
}

const settings = workerData as FunctionSettings;

parentPort?.on('message', (event: string) => void answer(event));

async function answer(event: string): Promise<void> {
  let message: WorkerAnswer;
  try {
    const handler = await loadHandler(settings.path);
    message = { result: await callHandler(handler, JSON.parse(event), settings) };
  } catch (error) {
    message = { error: reportError(error) };
  }
  parentPort?.postMessage(message);
}
