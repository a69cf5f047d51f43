/** Loading and calling one handler: shared by the host's own thread and its workers. */
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import { REGION, arn } from '../engine/names.ts';
import { namedError } from './errors.ts';

export type Handler = (event: unknown, context: Context) => unknown;

export interface FunctionSettings {
  name: string;
  /** Absolute path of the module. */
  path: string;
  timeoutSeconds: number;
  memoryMb: number;
}

const loaded = new Map<string, Handler>();

/** Imports the module once and gives its `handler`; errors are named as Lambda's runtime names them. */
export async function loadHandler(path: string): Promise<Handler> {
  const known = loaded.get(path);
  if (known) return known;
  let module: { handler?: unknown };
  try {
    module = (await import(pathToFileURL(path).href)) as { handler?: unknown };
  } catch (error) {
    const failure = namedError('Runtime.ImportModuleError', `Cannot load ${path}: ${String(error)}`);
    failure.cause = error;
    throw failure;
  }
  if (typeof module.handler !== 'function') {
    throw namedError('Runtime.HandlerNotFound', `${path} exports no function named handler.`);
  }
  loaded.set(path, module.handler as Handler);
  return module.handler as Handler;
}

/** Calls the handler. @returns its answer as JSON, as it is on the wire */
export async function callHandler(
  handler: Handler,
  event: unknown,
  settings: FunctionSettings,
): Promise<string> {
  return jsonOf(await handler(event, lambdaContext(settings)));
}

/** On the wire there are no shared references and no `undefined`; dates are strings. */
export const jsonOf = (value: unknown): string => JSON.stringify(value ?? null);

function lambdaContext(settings: FunctionSettings): Context {
  const deadline = Date.now() + settings.timeoutSeconds * 1000;
  const unsupported = () => {
    throw new Error('Callback style is not supported: return the answer or throw.');
  };
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: settings.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn(settings.name),
    memoryLimitInMB: String(settings.memoryMb),
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${settings.name}`,
    logStreamName: `${REGION}/[$LATEST]local`,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: unsupported,
    fail: unsupported,
    succeed: unsupported,
  };
}

export const functionArn = (name: string): string => arn('lambda', `function:${name}`);
