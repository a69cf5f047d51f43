/** EventBridge: PutEvents, and the rules that hand events to functions. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Deliveries } from '../engine/deliveries.ts';
import { joinedTransaction, type Store } from '../engine/store.ts';
import { jsonAnswer, jsonInput, runOperation } from './json.ts';
import { WireError, type WireResponse, type WireService } from './service.ts';

/** An event pattern on source and detail-type; without detail types it takes all of the source. */
export interface EventRule {
  name: string;
  source: string;
  detailTypes: readonly string[];
  /** The function's name in the registry. */
  target: string;
}

/** An event before the bus gives it its id, account, region and time. */
export interface BusEvent {
  source: string;
  detailType: string;
  detail: Record<string, unknown>;
  resources?: readonly string[];
  /** ISO 8601; now without it. */
  time?: string;
}

export interface EventBusOptions {
  rules: readonly EventRule[];
  /** Names of the buses PutEvents accepts, beside `default`. */
  buses?: readonly string[];
  region?: string;
  account?: string;
  now?: () => Date;
  /** Makes the n-th entry ever put (from 1) fail with InternalFailure, for tests of partial failures. */
  failEntry?: (n: number) => boolean;
}

export interface EventBus {
  service: WireService;
  /** For events AWS makes itself (SES, IoT, Step Functions). Joins the caller's transaction; gives the event's id. */
  publish(event: BusEvent): string;
}

const LARGEST_REQUEST_BYTES = 256 * 1024;

const entrySchema = z.object({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  Resources: z.array(z.string()).optional(),
  Time: z.number().optional(),
});
type Entry = z.infer<typeof entrySchema>;
const putInput = z.object({ Entries: z.array(entrySchema).min(1).max(10) });

interface EntryResult {
  EventId?: string;
  ErrorCode?: string;
  ErrorMessage?: string;
}

const bytes = (text: string | undefined): number => (text === undefined ? 0 : Buffer.byteLength(text));

/** Size as EventBridge counts it: 14 bytes for a given time, and the UTF-8 length of the texts. */
const entryBytes = (entry: Entry): number =>
  (entry.Time === undefined ? 0 : 14) +
  bytes(entry.Source) +
  bytes(entry.DetailType) +
  bytes(entry.Detail) +
  (entry.Resources ?? []).reduce((sum, resource) => sum + bytes(resource), 0);

function parseDetail(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const missing = (name: string): EntryResult => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
});

/** Opens the bus; accepted events are in `deliveries` (kept in `store`) before the answer. */
export function eventBus(store: Store, deliveries: Deliveries, options: EventBusOptions): EventBus {
  const { rules, region = 'us-east-1', account = '000000000000', failEntry } = options;
  const now = options.now ?? (() => new Date());
  const buses = new Set(['default', ...(options.buses ?? [])]);
  let entriesSeen = 0;

  function publish(event: BusEvent): string {
    const id = randomUUID();
    const time = event.time ?? now().toISOString();
    const envelope = {
      version: '0',
      id,
      'detail-type': event.detailType,
      source: event.source,
      account,
      // AWS gives whole seconds.
      time: time.replace(/\.\d+Z$/, 'Z'),
      region,
      resources: event.resources ?? [],
      detail: event.detail,
    };
    joinedTransaction(store, () => {
      for (const rule of rules) {
        const matches =
          rule.source === event.source &&
          (rule.detailTypes.length === 0 || rule.detailTypes.includes(event.detailType));
        if (matches) deliveries.enqueue(rule.target, envelope);
      }
    });
    return id;
  }

  function put(entry: Entry): EntryResult {
    entriesSeen += 1;
    if (failEntry?.(entriesSeen))
      return { ErrorCode: 'InternalFailure', ErrorMessage: 'Unexpected failure.' };
    if (!entry.Source) return missing('Source');
    if (!entry.DetailType) return missing('DetailType');
    if (entry.Detail === undefined) return missing('Detail');
    if (entry.Source.startsWith('aws.'))
      return {
        ErrorCode: 'NotAuthorizedForSourceException',
        ErrorMessage: `Not authorized for the source ${entry.Source}.`,
      };
    const bus = entry.EventBusName?.split('event-bus/').at(-1) ?? 'default';
    if (!buses.has(bus))
      return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Event bus ${bus} does not exist.` };
    const detail = parseDetail(entry.Detail);
    if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    return {
      EventId: publish({
        source: entry.Source,
        detailType: entry.DetailType,
        detail,
        resources: entry.Resources ?? [],
        ...(entry.Time === undefined ? {} : { time: new Date(entry.Time * 1000).toISOString() }),
      }),
    };
  }

  const operations: Record<string, (body: Buffer) => WireResponse> = {
    PutEvents(body) {
      const { Entries: entries } = jsonInput(putInput, body);
      if (entries.reduce((sum, entry) => sum + entryBytes(entry), 0) > LARGEST_REQUEST_BYTES)
        throw new WireError(
          400,
          'ValidationException',
          `Total size of the entries in the request is over the limit of ${LARGEST_REQUEST_BYTES} bytes.`,
        );
      const results = joinedTransaction(store, () => entries.map(put));
      return jsonAnswer({
        FailedEntryCount: results.filter((result) => result.ErrorCode !== undefined).length,
        Entries: results,
      });
    },
  };
  return {
    publish,
    service: {
      scope: 'events',
      targetPrefix: 'AWSEvents',
      handle: async ({ operation, body }) => runOperation(operations, operation, body),
    },
  };
}
