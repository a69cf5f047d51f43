import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Deliveries } from '../engine/deliveries.ts';
import { durableDeliveries } from '../engine/delivery-queue.ts';
import { transaction } from '../engine/store.ts';
import { eventBus, type EventBus } from './events.ts';
import { startFixture } from './wire-fixture.ts';

const rules = [
  { name: 'mail', source: 'kerf', detailTypes: ['JobCreated', 'JobClosed'], target: 'mailer' },
  { name: 'all', source: 'kerf', detailTypes: [], target: 'counter' },
  { name: 'sent', source: 'aws.ses', detailTypes: ['Email Sent'], target: 'mail-log' },
];
let fixture: Awaited<ReturnType<typeof startFixture>>;
let deliveries: Deliveries;
let bus: EventBus;
let events: EventBridgeClient;
let fails: (n: number) => boolean = () => false;
const received: [string, unknown][] = [];
beforeAll(async () => {
  fixture = await startFixture((store) => {
    deliveries = durableDeliveries(store, async (name, event) => void received.push([name, event]));
    bus = eventBus(store, deliveries, { rules, buses: ['kerf-bus'], failEntry: (n) => fails(n) });
    return [bus.service];
  });
  events = new EventBridgeClient(fixture.config);
  deliveries.start();
});
beforeEach(() => void received.splice(0));
afterAll(async () => {
  await deliveries.stop();
  await fixture.server.close();
});

const put = (...Entries: PutEventsRequestEntry[]) => events.send(new PutEventsCommand({ Entries }));
const entry = (more: PutEventsRequestEntry = {}): PutEventsRequestEntry => ({
  EventBusName: 'kerf-bus',
  Source: 'kerf',
  DetailType: 'JobCreated',
  Detail: '{"jobId":"job_1"}',
  ...more,
});
const settled = () => vi.waitUntil(() => deliveries.idle(), { interval: 2 });

test('an event reaches the targets of the rules it matches, in the envelope of EventBridge', async () => {
  const { FailedEntryCount, Entries } = await put(
    entry(),
    entry({ DetailType: 'Other' }),
    entry({ Source: 'x' }),
  );
  expect(FailedEntryCount).toBe(0);
  await settled();
  expect(received.map(([target]) => target).sort()).toEqual(['counter', 'counter', 'mailer']);
  const [, envelope] = received.find(([target]) => target === 'mailer')!;
  expect(envelope).toEqual({
    version: '0',
    id: Entries?.[0]?.EventId,
    'detail-type': 'JobCreated',
    source: 'kerf',
    account: '000000000000',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
    region: 'us-east-1',
    resources: [],
    detail: { jobId: 'job_1' },
  });
});

test('a bad entry fails alone, with the reason of EventBridge', async () => {
  const { FailedEntryCount, Entries } = await put(
    entry(),
    entry({ Detail: 'no json' }),
    entry({ Detail: '[1]' }),
    entry({ DetailType: undefined }),
    entry({ Source: '' }),
    entry({ Source: 'aws.ses' }),
    entry({ EventBusName: 'none' }),
  );
  expect(FailedEntryCount).toBe(6);
  expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    undefined,
    'MalformedDetail',
    'MalformedDetail',
    'InvalidArgument',
    'InvalidArgument',
    'NotAuthorizedForSourceException',
    'ResourceNotFoundException',
  ]);
  await settled();
  expect(received).toHaveLength(2);
});

test('more than 256 KB or ten entries is refused as a whole', async () => {
  const large = entry({ Detail: JSON.stringify({ text: 'x'.repeat(140_000) }) });
  await expect(put(large, large)).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(put(...Array.from({ length: 11 }, () => entry()))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await settled();
  expect(received).toEqual([]);
});

test('the fault hook makes entries fail without delivering them', async () => {
  let first: number | undefined;
  fails = (n) => n === (first ??= n) + 1;
  const { FailedEntryCount, Entries } = await put(entry(), entry(), entry());
  fails = () => false;
  expect(FailedEntryCount).toBe(1);
  expect(Entries?.[1]).toMatchObject({ ErrorCode: 'InternalFailure' });
  await settled();
  expect(received).toHaveLength(4);
});

test('an event of AWS is published with the transaction it belongs to, or not at all', async () => {
  const event = { source: 'aws.ses', detailType: 'Email Sent', detail: { n: 1 } };
  expect(() =>
    transaction(fixture.store, () => {
      bus.publish(event);
      throw new Error('undone');
    }),
  ).toThrow('undone');
  bus.publish({ ...event, detail: { n: 2 } });
  await settled();
  expect(received).toMatchObject([['mail-log', { source: 'aws.ses', detail: { n: 2 } }]]);
});
