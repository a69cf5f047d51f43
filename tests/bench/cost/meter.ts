/**
 * Counts what the handlers ask of AWS while they run, per function (of the API: per route). Loaded before everything else
 * (`node --import`), in the main thread and in the threads of heavy functions, which report to it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { BroadcastChannel, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Around } from '#local/lambda/host.ts';

/** Amounts by unit, e.g. `calls`, `ms`, `dynamodb:write units`, `s3:PUT`. */
export type Amounts = Record<string, number>;

interface Call {
  name: string;
  /** Requests to AWS on their way, and since when there is at least one. */
  open: number;
  since: number;
  /** Milliseconds so far. */
  waited: number;
}
interface Report {
  name: string;
  unit: string;
  amount: number;
}

const calls = new AsyncLocalStorage<Call>();
const ownTime = 'own ms';
const processorTime = 'processor ms';
const channel = new BroadcastChannel('kerf-meter');
channel.unref();
const totals = new Map<string, Amounts>();
/** Times of each call of the API, by route. */
export interface OwnTimes {
  /** Milliseconds that it did not wait for AWS: what else this machine did meanwhile counts. */
  elapsed: Record<string, number[]>;
  /** Milliseconds of processor time of its thread. */
  processor: Record<string, number[]>;
}
let ownTimes: OwnTimes = { elapsed: {}, processor: {} };

// A thread runs one event at a time, so everything in it belongs to that event.
const inThread: Call | undefined = isMainThread
  ? undefined
  : { name: (workerData as { name: string }).name, open: 0, since: 0, waited: 0 };
const current = (): Call | undefined => inThread ?? calls.getStore();

function add({ name, unit, amount }: Report): void {
  const times = unit === ownTime ? ownTimes.elapsed : unit === processorTime ? ownTimes.processor : undefined;
  if (times) {
    (times[name] ??= []).push(amount);
    return;
  }
  const amounts = totals.get(name) ?? {};
  amounts[unit] = (amounts[unit] ?? 0) + amount;
  totals.set(name, amounts);
}

function note(unit: string, amount: number, name = current()?.name): void {
  if (name === undefined) return;
  if (isMainThread) add({ name, unit, amount });
  else unsent.push({ name, unit, amount });
}
/** A thread reports when it has answered: a message for each amount would be half of what is measured. */
let unsent: Report[] = [];
if (isMainThread)
  channel.onmessage = (message) => (message as unknown as { data: Report[] }).data.forEach(add);

const nameOf = (functionName: string, event: unknown): string => {
  const { routeKey } = (event ?? {}) as { routeKey?: string };
  return isApi(functionName) && routeKey !== undefined ? `${functionName} ${routeKey}` : functionName;
};
/** The functions behind routes: they get threads, where nobody else's work lengthens their calls. */
export const isApi = (functionName: string): boolean => functionName.startsWith('api-');

/** To be given to the embedded cloud. */
export const metered: Around = async (functionName, event, call) => {
  const running: Call = { name: nameOf(functionName, event), open: 0, since: 0, waited: 0 };
  const began = performance.now();
  try {
    return await calls.run(running, call);
  } finally {
    note('calls', 1, running.name);
    note('ms', performance.now() - began, running.name);
  }
};

const nap = new Int32Array(new SharedArrayBuffer(4));
if (inThread && parentPort) watchThread(inThread, parentPort);

/** Milliseconds of this thread so far. Linux reckons them up when a thread sleeps: without the nap what came since the last one is missing. */
function processorUsed(): number {
  Atomics.wait(nap, 0, 0, 0.05);
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** A call lasts from its event's arrival in the thread to the answer. */
function watchThread(call: Call, port: NonNullable<typeof parentPort>): void {
  const functionName = call.name;
  let began = 0;
  let usedBefore = processorUsed();
  const [listen, reply] = [port.on.bind(port), port.postMessage.bind(port)];
  port.on = ((kind: string, listener: (event: string) => void) =>
    listen(kind, (event: string) => {
      Object.assign(call, { name: nameOf(functionName, JSON.parse(event)), open: 0, waited: 0 });
      usedBefore = processorUsed();
      began = performance.now();
      listener(event);
    })) as typeof port.on;
  port.postMessage = (...answer: Parameters<typeof reply>) => {
    const waiting = call.open > 0 ? performance.now() - call.since : 0;
    if (isApi(functionName)) {
      note(ownTime, performance.now() - began - call.waited - waiting);
      note(processorTime, processorUsed() - usedBefore);
    }
    reply(...answer);
    channel.postMessage(unsent);
    unsent = [];
  };
}

export const readMeter = (): Record<string, Amounts> => structuredClone(Object.fromEntries(totals));
export const readOwnTimes = (): OwnTimes => structuredClone(ownTimes);
export const forgetOwnTimes = (): void => void (ownTimes = { elapsed: {}, processor: {} });

const owners = new WeakMap<object, Call>();
const begin = (request: object, call: Call) => {
  owners.set(request, call);
  if (call.open === 0) call.since = performance.now();
  call.open += 1;
};
const settle = (message: unknown) => {
  const { request } = message as { request: object };
  const call = owners.get(request);
  if (!call) return;
  owners.delete(request);
  call.open -= 1;
  if (call.open > 0) return;
  call.waited += performance.now() - call.since;
  note('waited ms', performance.now() - call.since, call.name);
};
subscribe('http.client.request.start', (message) => {
  const { request } = message as { request: ClientRequest };
  const call = current();
  const authorization = String(request.getHeader('authorization') ?? '');
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1];
  if (!call || service === undefined) return;
  const target = request.getHeader('x-amz-target');
  note(`${service}:${typeof target === 'string' ? target.split('.')[1] : request.method}`, 1, call.name);
  begin(request, call);
});
subscribe('http.client.response.finish', settle);
subscribe('http.client.request.error', settle);
// `fetch`, which Stripe is asked with.
subscribe('undici:request:create', (message) => {
  const call = current();
  if (call) begin((message as { request: object }).request, call);
});
subscribe('undici:request:headers', settle);
subscribe('undici:request:error', settle);

interface Consumed {
  CapacityUnits?: number;
}
type Send = (command: { input: Record<string, unknown> }, ...rest: unknown[]) => Promise<unknown>;

/** Runs `observe` around every command of a client class. */
function watch(
  prototype: { send: unknown },
  observe: (name: string, input: Record<string, unknown>) => (output: unknown) => void,
) {
  const original = prototype.send as Send;
  prototype.send = async function (this: unknown, command: Parameters<Send>[0], ...rest: unknown[]) {
    const done = observe(command.constructor.name, command.input);
    const output = await original.apply(this, [command, ...rest]);
    done(output);
    return output;
  };
}

const reading = new Set(['GetCommand', 'QueryCommand', 'BatchGetCommand', 'TransactGetCommand']);
watch(DynamoDBDocumentClient.prototype, (name, input) => {
  input['ReturnConsumedCapacity'] = 'TOTAL';
  const unit = reading.has(name) ? 'dynamodb:read units' : 'dynamodb:write units';
  return (output) => {
    const { ConsumedCapacity } = output as { ConsumedCapacity?: Consumed | Consumed[] };
    for (const { CapacityUnits = 0 } of [ConsumedCapacity ?? []].flat()) note(unit, CapacityUnits);
  };
});
watch(EventBridgeClient.prototype, (_name, input) => () => {
  note('events:entries', Array.isArray(input['Entries']) ? input['Entries'].length : 0);
});

const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (chunk: string | Uint8Array, ...rest: never[]) => {
  if (!current()) return write(chunk, ...rest);
  note('log bytes', Buffer.byteLength(chunk));
  return true;
};
