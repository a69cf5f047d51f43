import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TABLE } from '#contract/table.ts';
import { movableClock } from '../engine/clock.ts';
import { type Store, openStore } from '../engine/store.ts';
import { type RunningDynamo, startDynamo } from './engine.ts';
import { trimStream } from './stream-table.ts';
import {
  type RunningStream,
  type StreamEvent,
  type StreamOptions,
  type StreamResult,
  startStream,
} from './streams.ts';
import { ensureTable, streamArn } from './table.ts';
import { startSweeper } from './upkeep.ts';

const DEADLINE = { timeout: 15_000, interval: 10 };

let folder: string;
let store: Store;
let dynamo: RunningDynamo;
let client: DynamoDBClient;
let documents: DynamoDBDocumentClient;
const streams: RunningStream[] = [];
let streamErrors: string[];

async function start(): Promise<void> {
  dynamo = await startDynamo({ dataDir: folder });
  client = new DynamoDBClient({
    endpoint: dynamo.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  documents = DynamoDBDocumentClient.from(client);
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kerf-dynamo-'));
  store = openStore(folder);
  streamErrors = [];
  await start();
  await ensureTable(client);
});
afterEach(async () => {
  await Promise.all(streams.splice(0).map((stream) => stream.stop()));
  client.destroy();
  await dynamo.stop();
  store.close();
  rmSync(folder, { recursive: true });
});

const put = (sk: string, more: object = {}) =>
  documents.send(new PutCommand({ TableName: TABLE.name, Item: { pk: 'SHOP#1', sk, ...more } }));
const get = async (sk: string) =>
  (await documents.send(new GetCommand({ TableName: TABLE.name, Key: { pk: 'SHOP#1', sk } }))).Item;
const keysOf = (event: StreamEvent) =>
  event.Records.map((record) => String(record.dynamodb.Keys['sk']?.['S']));

async function listen(
  deliver: (event: StreamEvent) => Promise<StreamResult>,
  more: Pick<StreamOptions, 'isWanted'> = {},
) {
  const stream = startStream({
    ...more,
    url: dynamo.url,
    streamArn: await streamArn(client),
    store,
    deliver,
    onError: (error) => streamErrors.push(String(error)),
  });
  streams.push(stream);
  return stream;
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the table', () => {
  it('has the shape of the contract, however often it is ensured', async () => {
    await ensureTable(client);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: TABLE.name }));
    expect(Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName).sort()).toEqual([
      'gsi1',
      'gsi2',
      'gsi3',
      'system',
    ]);
    expect(Table?.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' });
    const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName: TABLE.name }));
    expect(ttl.TimeToLiveDescription).toMatchObject({ AttributeName: 'ttl', TimeToLiveStatus: 'ENABLED' });
  });

  it('answers queries on its indexes with what each of them carries', async () => {
    await put('job', {
      gsi1pk: 'LOG',
      gsi1sk: '1',
      syspk: 'SUSPECT#1',
      syssk: '2026',
      shopId: 'shop_1',
      note: 'not a place',
    });
    const found = async (index: string, pk: string) =>
      (
        await documents.send(
          new QueryCommand({
            TableName: TABLE.name,
            IndexName: index,
            KeyConditionExpression: '#pk = :pk',
            ExpressionAttributeNames: { '#pk': index === 'system' ? 'syspk' : `${index}pk` },
            ExpressionAttributeValues: { ':pk': pk },
          }),
        )
      ).Items;
    expect(await found('gsi1', 'LOG')).toMatchObject([{ sk: 'job', note: 'not a place' }]);
    const [listed] = (await found('system', 'SUSPECT#1')) ?? [];
    expect(listed).toMatchObject({ sk: 'job', shopId: 'shop_1' });
    expect(listed).not.toHaveProperty('note');
  });
});

describe('the engine', () => {
  it('keeps data over kill -9 and tells that it died', async () => {
    await put('before');
    process.kill(dynamo.pid, 'SIGKILL');
    expect(await dynamo.died).toMatch(/engine ended/);
    client.destroy();
    await start();
    expect(await get('before')).toMatchObject({ sk: 'before' });
  });

  it('ends when its parent is killed', async () => {
    const script = join(folder, 'parent.mts');
    const engine = new URL('./engine.ts', import.meta.url).href;
    const dataDir = join(folder, 'other');
    writeFileSync(
      script,
      `const { startDynamo } = await import(${JSON.stringify(engine)});
       const running = await startDynamo({ dataDir: ${JSON.stringify(dataDir)} });
       console.log(running.pid);`,
    );
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((told) =>
      parent.stdout.once('data', (chunk) => told(Number(String(chunk)))),
    );
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), DEADLINE);
  });

  it('left over on the same folder is stopped by the next start', async () => {
    const leftover = dynamo;
    client.destroy();
    await start();
    expect(isAlive(leftover.pid)).toBe(false);
  });

  it('leaves a stranger alone whose process id stands in the pid file', async () => {
    const stranger = spawn('sleep', ['60']);
    const dataDir = mkdtempSync(join(tmpdir(), 'kerf-dynamo-'));
    writeFileSync(join(dataDir, 'dynamodb.pid'), String(stranger.pid));
    const other = await startDynamo({ dataDir });
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
    stranger.kill();
    await other.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('refuses a taken port and says so', async () => {
    const dataDir = join(folder, 'third');
    await expect(startDynamo({ dataDir, port: dynamo.port })).rejects.toThrow(`Port ${dynamo.port}`);
  });
});

describe('the stream', () => {
  it("delivers in order, in Lambda's event shape", async () => {
    const events: StreamEvent[] = [];
    const stream = await listen(async (event) => {
      events.push(event);
      return { batchItemFailures: [] };
    });
    await put('a', { count: 1 });
    await put('a', { count: 2 });
    await stream.drained();
    const records = events.flatMap((event) => event.Records);
    expect(records.map((record) => record.eventName)).toEqual(['INSERT', 'MODIFY']);
    expect(records[1]).toMatchObject({
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: await streamArn(client),
      dynamodb: {
        Keys: { pk: { S: 'SHOP#1' }, sk: { S: 'a' } },
        OldImage: { count: { N: '1' } },
        NewImage: { count: { N: '2' } },
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    expect(records[1]?.dynamodb.SequenceNumber).toMatch(/^\d+$/);
    expect(records[1]?.eventID).toEqual(expect.any(String));
  });

  it('delivers only what the filter lets through, and is done with the rest', async () => {
    const seen: string[] = [];
    const deliver = async (event: StreamEvent) => {
      seen.push(...keysOf(event));
      return {};
    };
    const isWanted: StreamOptions['isWanted'] = ({ dynamodb }) => dynamodb.Keys['sk']?.['S'] !== 'b';
    const stream = await listen(deliver, { isWanted });
    for (const key of ['a', 'b', 'c', 'b']) await put(key);
    await stream.drained();
    expect(seen).toEqual(['a', 'c']);
  });

  it('goes on at the checkpoint after a restart of both sides', async () => {
    const seen: string[] = [];
    const deliver = async (event: StreamEvent) => {
      seen.push(...keysOf(event));
      return {};
    };
    const first = await listen(deliver);
    await put('a');
    await first.drained();
    await first.stop();
    await put('b');
    process.kill(dynamo.pid, 'SIGKILL');
    await dynamo.died;
    client.destroy();
    await start();
    await put('c');
    await (await listen(deliver)).drained();
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('delivers again what was not acknowledged when the process ended', async () => {
    const first = await listen(() => Promise.reject(new Error('killed in the middle')));
    await put('a');
    await vi.waitFor(() => expect(streamErrors).toContain('Error: killed in the middle'), DEADLINE);
    await first.stop();
    const seen: string[] = [];
    const second = await listen(async (event) => {
      seen.push(...keysOf(event));
      return {};
    });
    await second.drained();
    expect(seen).toEqual(['a']);
  });

  it('re-delivers from the first failed record on, and only that', async () => {
    const batches: string[][] = [];
    for (const sk of ['a', 'b', 'c', 'd']) await put(sk);
    const stream = await listen(async (event) => {
      batches.push(keysOf(event));
      if (batches.length > 1) return {};
      const [, b, c] = event.Records;
      return {
        batchItemFailures: [c, b].map((record) => ({
          itemIdentifier: record?.dynamodb.SequenceNumber ?? '',
        })),
      };
    });
    await stream.drained();
    expect(batches).toEqual([
      ['a', 'b', 'c', 'd'],
      ['b', 'c', 'd'],
    ]);
  });

  it('re-delivers the whole batch for a failure it can not place', async () => {
    const batches: string[][] = [];
    for (const sk of ['a', 'b']) await put(sk);
    const stream = await listen(async (event) => {
      batches.push(keysOf(event));
      return batches.length > 1 ? {} : { batchItemFailures: [{ itemIdentifier: 'unknown' }] };
    });
    await stream.drained();
    expect(batches).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('delivers nothing while paused', async () => {
    const seen: string[] = [];
    const stream = await listen(async (event) => {
      seen.push(...keysOf(event));
      return {};
    });
    await put('a');
    await stream.drained();
    await stream.pause();
    await put('b');
    const all = stream.drained();
    await put('c');
    expect(seen).toEqual(['a']);
    stream.resume();
    await all;
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('goes on numbering after it was trimmed, and never loses its newest record', async ({ skip }) => {
    skip(dynamo.databasePath === undefined, 'DynamoDB Local trims by itself');
    for (const sk of ['a', 'b', 'c']) await put(sk);
    const numbers: string[] = [];
    const stream = await listen(async (event) => {
      numbers.push(...event.Records.map((record) => record.dynamodb.SequenceNumber));
      return {};
    });
    await stream.drained();
    const path = dynamo.databasePath ?? '';
    expect(trimStream(path, TABLE.name, String(Number(numbers[2]) + 1))).toBe(2);
    await put('d');
    await stream.drained();
    expect(Number(numbers[3])).toBeGreaterThan(Number(numbers[2]));
  });

  it('finds records by an index, not by reading all of them', ({ skip }) => {
    skip(dynamo.databasePath === undefined, 'DynamoDB Local has no such table');
    const database = new DatabaseSync(dynamo.databasePath ?? '');
    const plan = database
      .prepare(
        'EXPLAIN QUERY PLAN SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?',
      )
      .all(TABLE.name);
    database.close();
    expect(JSON.stringify(plan)).toContain('local_stream_seq');
  });
});

describe('expired items', () => {
  it('vanish once business time is past their ttl, and others stay', async () => {
    const clock = movableClock(store);
    const now = Math.floor(clock.now().getTime() / 1000);
    await put('soon', { ttl: now + 3600 });
    await put('later', { ttl: now + 3 * 3600 });
    await put('ancient', { ttl: 1 });
    await put('for ever');
    const errors: unknown[] = [];
    const sweeper = startSweeper({ client, clock, onError: (error) => errors.push(error) });
    clock.advance(2 * 3600 * 1000);
    await vi.waitFor(async () => expect(await get('soon')).toBeUndefined(), DEADLINE);
    await sweeper.stop();
    expect(await get('later')).toBeDefined();
    expect(await get('ancient')).toBeDefined();
    expect(await get('for ever')).toBeDefined();
    expect(errors).toEqual([]);
  });

  it('are looked for a small part of the time, however often time is moved', async () => {
    const clock = movableClock(store);
    await put('here', { ttl: 1 });
    const send = vi.spyOn(client, 'send');
    const sweeper = startSweeper({ client, clock, onError: (error) => expect(error).toBeUndefined() });
    const moves = 60;
    for (let count = 0; count < moves; count += 1) {
      clock.advance(1000);
      await get('here');
    }
    await sweeper.stop();
    const scans = send.mock.calls.filter(([command]) => command instanceof ScanCommand).length;
    send.mockRestore();
    expect(scans).toBeGreaterThan(0);
    expect(scans).toBeLessThan(moves / 4);
  });
});
