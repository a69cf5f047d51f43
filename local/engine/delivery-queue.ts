/** The durable `Deliveries`: what Lambda's asynchronous invocation and SQS event source do, on sqlite. */
import { randomUUID } from 'node:crypto';
import type { MovableClock } from './clock.ts';
import type { DeadLetter, Deliveries, Invoke } from './deliveries.ts';
import { sqsEvent, failedIds, type QueuedRecord } from './sqs-event.ts';
import { transaction, type Store } from './store.ts';

export interface DeliveryOptions {
  /** Attempts before a delivery becomes a dead letter. */
  maxAttempts?: number;
  /** Wait before the second attempt; doubles with each further one, up to five minutes. */
  backoffMs?: number;
  /** Invocations running at once, batches included. */
  concurrency?: number;
  /** Most records of one SQS batch. */
  batchSize?: number;
  /** Every n-th delivery is made twice, as AWS may; for tests of idempotency. */
  duplicateEvery?: number;
  /** What delays and backoff are measured by; real time without it. */
  clock?: Pick<MovableClock, 'now' | 'onAdvance'>;
}

interface Row extends QueuedRecord {
  target: string;
  queue: 0 | 1;
}

const LONGEST_BACKOFF_MS = 300_000;
const LONGEST_TIMER_MS = 60_000;

function createTables(store: Store): void {
  store.exec(`
    CREATE TABLE IF NOT EXISTS deliveries (
      id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, queue INTEGER NOT NULL, payload TEXT NOT NULL,
      message_id TEXT NOT NULL, attempts INTEGER NOT NULL, due_at INTEGER NOT NULL,
      sent_at INTEGER NOT NULL, first_received_at INTEGER);
    CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (queue, target, due_at);
    CREATE TABLE IF NOT EXISTS dead_letters (
      id INTEGER PRIMARY KEY, target TEXT NOT NULL, queue INTEGER NOT NULL, payload TEXT NOT NULL,
      error TEXT NOT NULL, attempts INTEGER NOT NULL, died_at TEXT NOT NULL);`);
}

/** What an operator needs to see of a failure: its name, message and where it came from. */
const errorText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : JSON.stringify(error);

/**
 * Keeps deliveries in `store` until the function has answered. A delivery interrupted by a crash is made again.
 * `enqueue` joins the caller's transaction; records of one queue target are delivered in order of arrival, one batch at a time.
 */
export function durableDeliveries(store: Store, invoke: Invoke, options: DeliveryOptions = {}): Deliveries {
  const {
    maxAttempts = 5,
    backoffMs = 200,
    concurrency = 10,
    batchSize = 10,
    duplicateEvery,
    clock,
  } = options;
  createTables(store);
  const now = () => clock?.now().getTime() ?? Date.now();
  const sql = {
    insert: store.prepare(
      'INSERT INTO deliveries (target, queue, payload, message_id, attempts, due_at, sent_at) VALUES (?, ?, ?, ?, 0, ?, ?)',
    ),
    duePlain: store.prepare('SELECT * FROM deliveries WHERE queue = 0 AND due_at <= ? ORDER BY id LIMIT ?'),
    dueQueues: store.prepare('SELECT DISTINCT target FROM deliveries WHERE queue = 1 AND due_at <= ?'),
    dueBatch: store.prepare(
      'SELECT * FROM deliveries WHERE queue = 1 AND target = ? AND due_at <= ? ORDER BY id LIMIT ?',
    ),
    nextDue: store.prepare('SELECT MIN(due_at) AS at FROM deliveries WHERE due_at > ?'),
    received: store.prepare(
      'UPDATE deliveries SET attempts = attempts + 1, first_received_at = COALESCE(first_received_at, ?) WHERE id = ? RETURNING attempts, first_received_at',
    ),
    postpone: store.prepare('UPDATE deliveries SET due_at = ? WHERE id = ?'),
    remove: store.prepare('DELETE FROM deliveries WHERE id = ?'),
    bury: store.prepare(
      'INSERT INTO dead_letters SELECT id, target, queue, payload, ?, attempts, ? FROM deliveries WHERE id = ?',
    ),
    any: store.prepare('SELECT 1 FROM deliveries LIMIT 1'),
  };

  const inFlight = new Map<number, Promise<void>>();
  const busyQueues = new Set<string>();
  const held = new Set<number>();
  let flights = 0;
  let delivered = 0;
  let started = false;
  let wakeScheduled = false;
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    if (!started || wakeScheduled) return;
    wakeScheduled = true;
    // After the current task, hence after the commit of a transaction the enqueue was part of.
    setImmediate(() => {
      wakeScheduled = false;
      if (started) pump();
    });
  }

  function pump(): void {
    const at = now();
    const free = () => concurrency - inFlight.size;
    for (const { target } of sql.dueQueues.all(at) as unknown as { target: string }[]) {
      if (free() <= 0) return;
      if (busyQueues.has(target)) continue;
      busyQueues.add(target);
      const batch = sql.dueBatch.all(target, at, batchSize) as unknown as Row[];
      launch(batch, () => busyQueues.delete(target));
    }
    const plain = free() > 0 ? (sql.duePlain.all(at, free() + held.size) as unknown as Row[]) : [];
    for (const row of plain) {
      if (free() <= 0) return;
      if (!held.has(row.id)) launch([row], () => undefined);
    }
    const next = (sql.nextDue.get(at) as { at: number | null }).at;
    clearTimeout(timer);
    if (next !== null) timer = setTimeout(wake, Math.min(next - at, LONGEST_TIMER_MS));
  }

  function launch(rows: Row[], release: () => void): void {
    const flight = ++flights;
    for (const row of rows) held.add(row.id);
    const work = deliver(rows).finally(() => {
      for (const row of rows) held.delete(row.id);
      release();
      inFlight.delete(flight);
      wake();
    });
    inFlight.set(flight, work);
  }

  async function deliver(rows: Row[]): Promise<void> {
    for (const row of rows) Object.assign(row, sql.received.get(now(), row.id));
    const failures = await attempt(rows);
    const twice = duplicateEvery ? rows.filter(() => ++delivered % duplicateEvery === 0) : [];
    const again = twice.filter((row) => !failures.has(row.id));
    if (again.length > 0) for (const [id, error] of await attempt(again)) failures.set(id, error);
    transaction(store, () => {
      for (const row of rows) settle(row, failures.get(row.id));
    });
  }

  /** Invokes the function once with all rows; gives the error text of each row that failed. */
  async function attempt(rows: Row[]): Promise<Map<number, string>> {
    const [first] = rows;
    if (!first) return new Map();
    try {
      if (!first.queue) {
        await invoke(first.target, JSON.parse(first.payload));
        return new Map();
      }
      const failed = failedIds(
        await invoke(first.target, sqsEvent(first.target, rows)),
        rows.map((row) => row.message_id),
      );
      return new Map(
        rows
          .filter((row) => failed.has(row.message_id))
          .map((row) => [row.id, 'The function reported the record in batchItemFailures.']),
      );
    } catch (error) {
      return new Map(rows.map((row) => [row.id, errorText(error)]));
    }
  }

  function settle(row: Row, error: string | undefined): void {
    if (error === undefined) {
      sql.remove.run(row.id);
    } else if (row.attempts >= maxAttempts) {
      sql.bury.run(error, new Date(now()).toISOString(), row.id);
      sql.remove.run(row.id);
    } else {
      sql.postpone.run(now() + Math.min(backoffMs * 2 ** (row.attempts - 1), LONGEST_BACKOFF_MS), row.id);
    }
  }

  clock?.onAdvance(wake);

  return {
    enqueue(target, payload, { queue = false, delayMs = 0 } = {}) {
      const at = now();
      const text = JSON.stringify(payload ?? null);
      sql.insert.run(target, queue ? 1 : 0, text, randomUUID(), at + delayMs, at);
      wake();
    },
    start() {
      started = true;
      wake();
    },
    async stop() {
      started = false;
      clearTimeout(timer);
      await Promise.allSettled(inFlight.values());
    },
    idle: () => inFlight.size === 0 && sql.any.get() === undefined,
    deadLetters: () =>
      store
        .prepare('SELECT id, target, payload, error, attempts, died_at FROM dead_letters ORDER BY id')
        .all()
        .map((row): DeadLetter => ({
          id: row['id'] as number,
          target: row['target'] as string,
          payload: JSON.parse(row['payload'] as string) as unknown,
          error: row['error'] as string,
          attempts: row['attempts'] as number,
          diedAt: row['died_at'] as string,
        })),
    redrive(id) {
      const moved = transaction(store, () => {
        const row = store
          .prepare('DELETE FROM dead_letters WHERE id = ? RETURNING target, queue, payload')
          .get(id);
        if (row) sql.insert.run(row['target']!, row['queue']!, row['payload']!, randomUUID(), now(), now());
        return row !== undefined;
      });
      if (moved) wake();
      return moved;
    },
  };
}
