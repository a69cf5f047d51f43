import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQSEvent } from 'aws-lambda';
import { afterEach, expect, test, vi } from 'vitest';
import { movableClock } from './clock.ts';
import type { Deliveries, Invoke } from './deliveries.ts';
import { durableDeliveries, type DeliveryOptions } from './delivery-queue.ts';
import { openStore, transaction } from './store.ts';

const newDir = () => mkdtempSync(join(tmpdir(), 'deliveries-'));
const running: Deliveries[] = [];
afterEach(async () => {
  for (const deliveries of running.splice(0)) await deliveries.stop();
});

function started(invoke: Invoke, options: DeliveryOptions = {}, store = openStore(newDir())) {
  const deliveries = durableDeliveries(store, invoke, { backoffMs: 1, ...options });
  deliveries.start();
  running.push(deliveries);
  return { deliveries, store };
}

const untilIdle = (deliveries: Deliveries) =>
  vi.waitUntil(() => deliveries.idle(), { timeout: 5000, interval: 2 });

test('a plain delivery hands the payload to its function at once', async () => {
  const calls: unknown[] = [];
  const { deliveries } = started(async (name, event) => void calls.push([name, event]));
  deliveries.enqueue('mailer', { id: 1 });
  await vi.waitUntil(() => calls.length === 1, { interval: 1 });
  expect(calls).toEqual([['mailer', { id: 1 }]]);
  await untilIdle(deliveries);
});

test('nothing is delivered before start', async () => {
  const calls: unknown[] = [];
  const deliveries = durableDeliveries(openStore(newDir()), async (_, event) => void calls.push(event));
  deliveries.enqueue('f', 1);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(calls).toEqual([]);
  expect(deliveries.idle()).toBe(false);
});

test('a rolled back transaction delivers nothing, a committed one everything', async () => {
  const calls: unknown[] = [];
  const { deliveries, store } = started(async (_, event) => void calls.push(event));
  expect(() =>
    transaction(store, () => {
      deliveries.enqueue('f', 'lost');
      throw new Error('refused');
    }),
  ).toThrow('refused');
  transaction(store, () => {
    deliveries.enqueue('f', 'kept');
  });
  await untilIdle(deliveries);
  expect(calls).toEqual(['kept']);
});

test('a failing delivery is retried, then dead-lettered with its error, and can be redriven', async () => {
  let healthy = false;
  let attempts = 0;
  const { deliveries } = started(
    async () => {
      attempts += 1;
      if (!healthy) throw new Error('printer on fire');
    },
    { maxAttempts: 3 },
  );
  deliveries.enqueue('f', { id: 7 });
  await untilIdle(deliveries);
  expect(attempts).toBe(3);
  const [dead] = deliveries.deadLetters();
  expect(dead).toMatchObject({ target: 'f', payload: { id: 7 }, attempts: 3 });
  expect(dead?.error).toContain('printer on fire');

  healthy = true;
  expect(deliveries.redrive(dead!.id)).toBe(true);
  expect(deliveries.redrive(dead!.id)).toBe(false);
  await untilIdle(deliveries);
  expect(attempts).toBe(4);
  expect(deliveries.deadLetters()).toEqual([]);
});

test('queued records arrive in batches of ten at most, in order, shaped as SQS shapes them', async () => {
  const batches: SQSEvent[] = [];
  const store = openStore(newDir());
  const deliveries = durableDeliveries(store, async (_, event) => void batches.push(event as SQSEvent));
  running.push(deliveries);
  for (let n = 0; n < 25; n++) deliveries.enqueue('ingest', { n }, { queue: true });
  deliveries.start();
  await untilIdle(deliveries);
  expect(batches.map((batch) => batch.Records.length)).toEqual([10, 10, 5]);
  const records = batches.flatMap((batch) => batch.Records);
  expect(records.map((record) => (JSON.parse(record.body) as { n: number }).n)).toEqual([
    ...Array(25).keys(),
  ]);
  expect(records[0]).toMatchObject({
    eventSource: 'aws:sqs',
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) as string },
  });
});

test('only the records reported in batchItemFailures come again', async () => {
  const seen: string[][] = [];
  const store = openStore(newDir());
  const deliveries = durableDeliveries(
    store,
    async (_, event) => {
      const { Records } = event as SQSEvent;
      seen.push(Records.map((record) => `${record.body}#${record.attributes.ApproximateReceiveCount}`));
      const failed = Records.filter(
        (record) => record.body === '1' && record.attributes.ApproximateReceiveCount === '1',
      );
      return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })) };
    },
    { backoffMs: 1 },
  );
  running.push(deliveries);
  for (const n of [0, 1, 2]) deliveries.enqueue('ingest', n, { queue: true });
  deliveries.start();
  await untilIdle(deliveries);
  expect(seen).toEqual([['0#1', '1#1', '2#1'], ['1#2']]);
});

test('an unknown id in batchItemFailures fails the whole batch', async () => {
  let calls = 0;
  const { deliveries } = started(async () => {
    calls += 1;
    return calls === 1 ? { batchItemFailures: [{ itemIdentifier: 'nobody' }] } : {};
  });
  deliveries.enqueue('ingest', 1, { queue: true });
  await untilIdle(deliveries);
  expect(calls).toBe(2);
});

test('duplicateEvery makes every n-th delivery twice', async () => {
  const calls: unknown[] = [];
  const { deliveries } = started(async (_, event) => void calls.push(event), {
    duplicateEvery: 3,
    concurrency: 1,
  });
  for (const n of [1, 2, 3, 4]) deliveries.enqueue('f', n);
  await untilIdle(deliveries);
  expect(calls).toEqual([1, 2, 3, 3, 4]);
});

test('a delayed delivery waits for business time', async () => {
  const calls: unknown[] = [];
  const store = openStore(newDir());
  const clock = movableClock(store);
  const { deliveries } = started(async (_, event) => void calls.push(event), { clock }, store);
  deliveries.enqueue('f', 'later', { delayMs: 3_600_000 });
  deliveries.enqueue('f', 'now');
  await vi.waitUntil(() => calls.length === 1);
  clock.advance(3_600_000);
  await untilIdle(deliveries);
  expect(calls).toEqual(['now', 'later']);
});

test('what was enqueued or running when the process was killed is delivered by the next one', async () => {
  const dir = newDir();
  const child = fork(join(import.meta.dirname, 'delivery-queue.crash.ts'), [dir], { execArgv: [] });
  await once(child, 'message');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(readFileSync(join(dir, 'begun'), 'utf8')).toBe('interrupted');
  const calls: unknown[] = [];
  const { deliveries } = started(async (_, event) => void calls.push(event), {}, openStore(dir));
  await untilIdle(deliveries);
  expect(calls).toEqual(['interrupted', 'acknowledged']);
});
