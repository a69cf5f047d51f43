/**
 * Counts what the handlers ask of AWS while they run, per function (of the API: per route). Loaded before everything else
 * (`node --import`), in the main thread and in the threads of heavy functions, which report to it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { BroadcastChannel, isMainThread, workerData } from 'node:worker_threads';
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
}
interface Report {
  name: string;
  unit: string;
  amount: number;
}

const calls = new AsyncLocalStorage<Call>();
const channel = new BroadcastChannel('kerf-meter');
channel.unref();
const totals = new Map<string, Amounts>();
/** Milliseconds of each API call that it did not wait for AWS. */
const ownTimes: number[] = [];

// A thread runs one event at a time, so everything in it belongs to that event.
const inThread: Call | undefined = isMainThread
  ? undefined
  : { name: (workerData as { name: string }).name, open: 0, since: 0 };
const current = (): Call | undefined => inThread ?? calls.getStore();

function add({ name, unit, amount }: Report): void {
  const amounts = totals.get(name) ?? {};
  amounts[unit] = (amounts[unit] ?? 0) + amount;
  totals.set(name, amounts);
}

function note(unit: string, amount: number, name = current()?.name): void {
  if (name === undefined) return;
  if (isMainThread) add({ name, unit, amount });
  else channel.postMessage({ name, unit, amount } satisfies Report);
}
if (isMainThread) channel.onmessage = (message) => add((message as unknown as { data: Report }).data);

/** To be given to the embedded cloud. */
export const metered: Around = async (name, event, call) => {
  const { routeKey } = (event ?? {}) as { routeKey?: string };
  const isRoute = name.startsWith('api-') && routeKey !== undefined;
  const running: Call = { name: isRoute ? `${name} ${routeKey}` : name, open: 0, since: 0 };
  const began = performance.now();
  const waitedBefore = totals.get(running.name)?.['waited ms'] ?? 0;
  try {
    return await calls.run(running, call);
  } finally {
    const ms = performance.now() - began;
    note('calls', 1, running.name);
    note('ms', ms, running.name);
    if (isRoute) ownTimes.push(ms - ((totals.get(running.name)?.['waited ms'] ?? 0) - waitedBefore));
  }
};

export const readMeter = (): Record<string, Amounts> => structuredClone(Object.fromEntries(totals));
export const readOwnTimes = (): number[] => [...ownTimes];

const owners = new WeakMap<ClientRequest, Call>();
const settle = ({ request }: { request: ClientRequest }) => {
  const call = owners.get(request);
  if (!call) return;
  owners.delete(request);
  call.open -= 1;
  if (call.open === 0) note('waited ms', performance.now() - call.since, call.name);
};
subscribe('http.client.request.start', (message) => {
  const { request } = message as { request: ClientRequest };
  const call = current();
  const authorization = String(request.getHeader('authorization') ?? '');
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1];
  if (!call || service === undefined) return;
  const target = request.getHeader('x-amz-target');
  note(`${service}:${typeof target === 'string' ? target.split('.')[1] : request.method}`, 1, call.name);
  owners.set(request, call);
  if (call.open === 0) call.since = performance.now();
  call.open += 1;
});
subscribe('http.client.response.finish', (message) => settle(message as { request: ClientRequest }));
subscribe('http.client.request.error', (message) => settle(message as { request: ClientRequest }));

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
