/** Lambda's event source mapping on a DynamoDB stream: in order, at least once, checkpointed after the handler is done. */
import { setTimeout as delay } from 'node:timers/promises';
import { REGION } from '../engine/names.ts';
import type { Store } from '../engine/store.ts';
import { type StreamRecord, type StreamsApi, streamsApi } from './streams-api.ts';

export interface StreamEvent {
  Records: (StreamRecord & { eventSourceARN: string })[];
}

/** What a function with ReportBatchItemFailures answers; anything else means that all went well. */
export interface StreamResult {
  batchItemFailures?: { itemIdentifier: string }[];
}

export interface StreamOptions {
  /** Address of the DynamoDB engine. */
  url: string;
  streamArn: string;
  store: Store;
  /** The event source's filter: what it does not let through is done without a delivery. */
  isWanted?: (record: StreamRecord) => boolean;
  /** Rejecting or naming failures makes the batch come again from the first failure on, with growing pauses. */
  deliver: (event: StreamEvent) => Promise<StreamResult>;
  /** Called now and then: what lies before this sequence number is never read again. */
  trim?: ((sequenceNumber: string) => void) | undefined;
  /** Told of every failed turn; it is tried again. */
  onError: (error: unknown) => void;
}

export interface RunningStream {
  /** Resolves when the delivery under way has ended; nothing is delivered until `resume()`. */
  pause(): Promise<void>;
  resume(): void;
  stop(): Promise<void>;
  /** Resolves once all that was written before the call is delivered (never, while failures keep coming or it is paused). */
  drained(): Promise<void>;
}

const BATCH = 100;
const BUSY_POLL_MS = 20;
const IDLE_POLL_MS = 50;
const STAYS_BUSY_MS = 5_000;
const FIRST_BACKOFF_MS = 50;
const LAST_BACKOFF_MS = 5_000;
const TRIM_EVERY_MS = 5_000;

interface Checkpoint {
  sequence: string | null;
  finished: number;
}

/** Starts reading at the stored checkpoint, or at the oldest record there is. */
export function startStream(options: StreamOptions): RunningStream {
  const { store, streamArn } = options;
  store.exec(
    'CREATE TABLE IF NOT EXISTS stream_checkpoints (stream_arn TEXT, shard_id TEXT, sequence TEXT, finished INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (stream_arn, shard_id))',
  );
  const find = store.prepare(
    'SELECT sequence, finished FROM stream_checkpoints WHERE stream_arn = ? AND shard_id = ?',
  );
  const save = store.prepare(
    'INSERT INTO stream_checkpoints VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET sequence = excluded.sequence, finished = excluded.finished',
  );
  const api: StreamsApi = streamsApi(options.url);
  const ending = new AbortController();
  const iterators = new Map<string, string>();
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  let paused = false;
  let turn: Promise<void> = Promise.resolve();
  let reads = 0;
  const drainWaiters = new Set<{ from: number; tell: () => void }>();
  let trimmedAt = 0;
  let lastRecordAt = Date.now();
  let backoff = FIRST_BACKOFF_MS;

  const checkpoint = (shardId: string) => find.get(streamArn, shardId) as Checkpoint | undefined;

  /** Gives the sequence number before which all is done, and whether the whole batch is. */
  async function deliverBatch(
    records: StreamRecord[],
  ): Promise<{ done: StreamRecord | undefined; complete: boolean }> {
    const wanted = options.isWanted ? records.filter(options.isWanted) : records;
    if (wanted.length === 0) return { done: records.at(-1), complete: true };
    const result = (await options.deliver({
      Records: wanted.map((record) => ({ ...record, awsRegion: REGION, eventSourceARN: streamArn })),
    })) as StreamResult | null | undefined;
    const failures = result?.batchItemFailures ?? [];
    if (failures.length === 0) return { done: records.at(-1), complete: true };
    const failed = failures.map((failure) =>
      records.findIndex((record) => record.dynamodb.SequenceNumber === failure.itemIdentifier),
    );
    // An identifier that is none of the batch fails all of it, as on AWS.
    return { done: records[Math.max(Math.min(...failed), 0) - 1], complete: false };
  }

  /** Reads one shard once; true when it gave records. */
  async function readShard(shardId: string): Promise<boolean> {
    const iterator = iterators.get(shardId) ?? (await openIterator(shardId));
    const { records, next } = await api.records(iterator, BATCH);
    let complete = true;
    if (records.length > 0) {
      iterators.delete(shardId);
      const outcome = await deliverBatch(records);
      complete = outcome.complete;
      if (outcome.done !== undefined) {
        const sequence = outcome.done.dynamodb.SequenceNumber;
        save.run(streamArn, shardId, sequence, 0);
        if (Date.now() - trimmedAt > TRIM_EVERY_MS) {
          trimmedAt = Date.now();
          options.trim?.(sequence);
        }
      }
    }
    if (!complete) throw new Error(`Some of ${records.length} stream records failed; they come again.`);
    if (next === undefined) save.run(streamArn, shardId, checkpoint(shardId)?.sequence ?? null, 1);
    else iterators.set(shardId, next);
    return records.length > 0;
  }

  async function openIterator(shardId: string): Promise<string> {
    const after = checkpoint(shardId)?.sequence ?? undefined;
    try {
      return await api.iterator(streamArn, shardId, after);
    } catch (error) {
      if (!(error instanceof Error && error.name === 'TrimmedDataAccessException')) throw error;
      return api.iterator(streamArn, shardId);
    }
  }

  let shards: string[] = [];
  async function readOnce(): Promise<void> {
    const open = shards.filter((shardId) => checkpoint(shardId)?.finished !== 1);
    // A parent is read to its end before its child; only when all are finished can there be shards we have not seen.
    const current = open[0];
    if (current === undefined) shards = await api.shards(streamArn);
    else if (await readShard(current)) lastRecordAt = Date.now();
    else tellDrained();
    backoff = FIRST_BACKOFF_MS;
  }

  /** This read found nothing, so whoever waited before it began has all. */
  function tellDrained(): void {
    for (const waiter of drainWaiters) {
      if (waiter.from >= reads) continue;
      drainWaiters.delete(waiter);
      waiter.tell();
    }
  }

  async function loop(): Promise<void> {
    while (!ending.signal.aborted) {
      await gate.promise;
      if (ending.signal.aborted) return;
      let pauseMs = Date.now() - lastRecordAt < STAYS_BUSY_MS ? BUSY_POLL_MS : IDLE_POLL_MS;
      reads += 1;
      turn = readOnce().catch((error: unknown) => {
        iterators.clear();
        pauseMs = backoff;
        backoff = Math.min(backoff * 2, LAST_BACKOFF_MS);
        if (!ending.signal.aborted) options.onError(error);
      });
      await turn;
      await delay(pauseMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }
  const running = loop();

  return {
    async pause() {
      if (!paused) {
        paused = true;
        gate = Promise.withResolvers<void>();
      }
      await turn;
    },
    resume() {
      paused = false;
      gate.resolve();
    },
    async stop() {
      ending.abort();
      gate.resolve();
      await running;
    },
    drained: () => new Promise((tell) => drainWaiters.add({ from: reads, tell })),
  };
}
