import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  ExecuteStatementCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { TABLE } from '#contract/table.ts';
import * as names from '../environment.ts';
import { principals } from '../iam/principals.ts';
import type { RunningServer } from '../wire/listen.ts';
import { startAwsServer } from '../wire/server.ts';
import { stsService } from '../wire/sts.ts';
import { startDoor } from './door.ts';
import { startDynamo, type RunningDynamo } from './engine.ts';
import { ensureTable } from './table.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'kerf-door-'));
const identities = principals({
  secret: 'a secret of this test',
  places: names.places('session-key'),
  shopRoleArn: names.shopRoleArn,
  functionKey: names.accessKeyId,
  operatorKey: names.operatorKeyId,
});
const keyOf = (accessKeyId: string) => ({
  accessKeyId,
  secretAccessKey: identities.secretOf(accessKeyId) ?? '',
});
const shopId = () => `shop_${ulid().toLowerCase()}`;
const [own, other] = [shopId(), shopId()];
const region = 'us-east-1';
const TableName = TABLE.name;
let dynamo: RunningDynamo;
let door: RunningServer;
let sts: RunningServer;

beforeAll(async () => {
  dynamo = await startDynamo({ dataDir });
  const engine = new DynamoDBClient({
    endpoint: dynamo.url,
    region,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  await ensureTable(engine);
  door = await startDoor({ port: 0, engineUrl: dynamo.url, principals: identities });
  sts = await startAwsServer({ port: 0, ...identities, services: [stsService(identities)] });
}, 60_000);
afterAll(async () => {
  vi.useRealTimers();
  await Promise.all([door.close(), sts.close()]);
  await dynamo.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const assume = (tags: Record<string, string> | undefined, roleArn = names.shopRoleArn) =>
  fromTemporaryCredentials({
    params: {
      RoleArn: roleArn,
      RoleSessionName: 'test',
      ...(tags && { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
    },
    masterCredentials: keyOf(names.accessKeyId),
    clientConfig: { region, endpoint: sts.url, maxAttempts: 1 },
  })();
const clientWith = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: door.url, region, credentials, maxAttempts: 1 }),
  );
const clientOf = async (shop: string) => clientWith(await assume({ shopId: shop }));
const denied = { name: 'AccessDeniedException' };
const keyIn = (shop: string) => ({ pk: `SHOP#${shop}#JOB#1`, sk: 'JOB' });
const query = (pk: string, index?: string) =>
  new QueryCommand({
    TableName,
    ...(index ? { IndexName: index } : {}),
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeNames: { '#pk': index ? `${index}pk` : 'pk' },
    ExpressionAttributeValues: { ':pk': pk },
  });

describe('a session tagged with a shop', () => {
  test('reads and writes that shop’s rows, alone and in transactions', async () => {
    const client = await clientOf(own);
    await client.send(
      new PutCommand({ TableName, Item: { ...keyIn(own), gsi1pk: `SHOP#${own}#JOBS`, gsi1sk: '1' } }),
    );
    expect((await client.send(new GetCommand({ TableName, Key: keyIn(own) }))).Item).toMatchObject(
      keyIn(own),
    );
    expect((await client.send(query(`SHOP#${own}#JOB#1`))).Count).toBe(1);
    expect((await client.send(query(`SHOP#${own}#JOBS`, 'gsi1'))).Count).toBe(1);
    await client.send(
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName, Item: { pk: `SHOP#${own}#JOB#2`, sk: 'JOB' } } },
          { Put: { TableName, Item: { pk: 'DIR#SLUG#own', sk: 'SLUG' } } },
        ],
      }),
    );
  });

  test.each<[string, (pk: string) => { input: object }]>([
    ['get', (pk) => new GetCommand({ TableName, Key: { pk, sk: 'JOB' } })],
    ['put', (pk) => new PutCommand({ TableName, Item: { pk, sk: 'JOB' } })],
    ['query', (pk) => query(pk)],
    ['query of an index', (pk) => query(pk, 'gsi1')],
    [
      'transaction that ends in a foreign row',
      (pk) =>
        new TransactWriteCommand({
          TransactItems: [
            { Put: { TableName, Item: { pk: `SHOP#${own}#JOB#3`, sk: 'JOB' } } },
            { Put: { TableName, Item: { pk, sk: 'JOB' } } },
          ],
        }),
    ],
    [
      'reading transaction',
      (pk) => new TransactGetCommand({ TransactItems: [{ Get: { TableName, Key: { pk, sk: 'JOB' } } }] }),
    ],
  ])('is denied a %s in another shop, past the fence of the handlers', async (_, make) => {
    const client = await clientOf(own);
    for (const pk of [`SHOP#${other}#JOB#1`, `SHOP#${own}x#JOB#1`, `SHOP#${own}`])
      await expect(client.send(make(pk) as GetCommand)).rejects.toMatchObject(denied);
  });

  test('is denied what names no key, and the index that crosses shops', async () => {
    const client = await clientOf(own);
    for (const command of [
      new ScanCommand({ TableName }),
      new ExecuteStatementCommand({ Statement: `SELECT * FROM "${TableName}"` }),
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [keyIn(own)] } } }),
      new QueryCommand({
        TableName,
        IndexName: 'system',
        KeyConditionExpression: 'syspk = :l',
        ExpressionAttributeValues: { ':l': 'SYS#OUTBOX#0' },
      }),
      new GetCommand({ TableName, Key: { pk: 'DIR#SLUG#own', sk: 'SLUG' } }),
    ])
      await expect(client.send(command as GetCommand)).rejects.toMatchObject(denied);
  });

  test('is over after an hour, and no letter of its token can be changed', async () => {
    const session = await assume({ shopId: own });
    const token = session.sessionToken ?? '';
    const forged = Buffer.from(
      JSON.stringify({ tags: { shopId: other }, name: 'test', until: Date.now() + 1e6 }),
    ).toString('base64url');
    for (const sessionToken of [`${token}x`, `${forged}.${token.split('.')[1]}`, forged])
      await expect(
        clientWith({ ...session, sessionToken }).send(new GetCommand({ TableName, Key: keyIn(own) })),
      ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_601_000 });
    await expect(
      clientWith({
        accessKeyId: session.accessKeyId,
        secretAccessKey: session.secretAccessKey,
        sessionToken: token,
      }).send(new GetCommand({ TableName, Key: keyIn(own) })),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    vi.useRealTimers();
  });
});

describe('the functions’ own key', () => {
  test('reaches the directory and no row of any shop', async () => {
    const client = clientWith(keyOf(names.accessKeyId));
    await client.send(new GetCommand({ TableName, Key: { pk: 'DIR#SLUG#own', sk: 'SLUG' } }));
    for (const command of [new GetCommand({ TableName, Key: keyIn(own) }), new ScanCommand({ TableName })])
      await expect(client.send(command as GetCommand)).rejects.toMatchObject(denied);
  });

  test.each<[string, Record<string, string> | undefined, string | undefined]>([
    ['without a tag', undefined, undefined],
    ['with a tag that is no shop', { shopId: 'everything' }, undefined],
    ['with a tag that is longer', { shopId: `${own}x` }, undefined],
    ['with another tag beside it', { shopId: own, role: 'admin' }, undefined],
    ['of another name', { shopId: own }, 'arn:aws:iam::000000000000:role/kerf-admin'],
  ])('assumes no role %s', async (_, tags, role) => {
    await expect(assume(tags, role)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('can put no wildcard into a tag', async () => {
    await expect(assume({ shopId: 'shop_*' })).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test('has to sign with its secret', async () => {
    await expect(
      clientWith({ accessKeyId: names.accessKeyId, secretAccessKey: 'guessed' }).send(
        new GetCommand({ TableName, Key: { pk: 'DIR#SLUG#own', sk: 'SLUG' } }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    expect((await fetch(door.url, { method: 'POST', body: '{}' })).status).toBe(400);
  });
});
