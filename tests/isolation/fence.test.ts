import { DynamoDBClient, ExecuteStatementCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  BatchExecuteStatementCommand,
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  ExecuteTransactionCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { ulid } from 'ulid';
import { describe, expect, test } from 'vitest';
import { fenced, FenceError, inspect, type Fence } from '#lambdas/adapters/dynamo/fence.ts';

// Adapters read the environment when they are loaded; nothing here reaches a network.
Object.assign(process.env, {
  TABLE_NAME: 'Kerf',
  BUCKET_NAME: 'kerf-files',
  SHOP_ROLE_ARN: 'arn:aws:iam::000000000000:role/kerf-shop',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nothing',
});
const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
const { commitWithShop } = await import('#lambdas/adapters/dynamo/commit-with-shop.ts');
const { put } = await import('#lambdas/adapters/dynamo/commit.ts');
const files = await import('#lambdas/adapters/s3/files.ts');
const { keys, parseQuarantineKey } = files;

const shopId = (): string => `shop_${ulid().toLowerCase()}`;
const [own, other] = [shopId(), shopId()];
const fence: Fence = { prefixes: [`SHOP#${own}#`] };
const TableName = 'Kerf';
const inOwn = `SHOP#${own}#JOB#job_1`;

/** Everything a partition key could be and not be ours. */
const foreignKeys: Record<string, unknown> = {
  'another shop’s': `SHOP#${other}#JOB#job_1`,
  'ours as a mere beginning': `SHOP#${own}x#JOB#job_1`,
  'ours without what ends it': `SHOP#${own}`,
  'ours in upper case': `SHOP#${own.toUpperCase()}#JOB#job_1`,
  'ours in the middle': `SHOP#${other}#SHOP#${own}#JOB`,
  'ours after a space': ` SHOP#${own}#JOB#job_1`,
  'the directory’s': 'DIR#PERSON#somebody',
  'a watch list’s': 'SYS#OUTBOX#0',
  empty: '',
  'no text': 7,
  absent: undefined,
};

type Command = { constructor: { name: string }; input: object };
const commands: Record<string, (pk: unknown) => Command> = {
  Get: (pk) => new GetCommand({ TableName, Key: { pk, sk: 'JOB' } }),
  Put: (pk) => new PutCommand({ TableName, Item: { pk, sk: 'JOB' } }),
  Update: (pk) => new UpdateCommand({ TableName, Key: { pk, sk: 'JOB' }, UpdateExpression: 'SET a = :a' }),
  Delete: (pk) => new DeleteCommand({ TableName, Key: { pk, sk: 'JOB' } }),
  Query: (pk) =>
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': 'PART#' },
    }),
  'Query by alias': (pk) =>
    new QueryCommand({
      TableName,
      KeyConditionExpression: '#pk = :pk',
      ExpressionAttributeNames: { '#pk': 'pk' },
      ExpressionAttributeValues: { ':pk': pk },
    }),
  ...Object.fromEntries(
    ['gsi1', 'gsi2', 'gsi3'].flatMap((index) => [
      [
        `Query of ${index}`,
        (pk: unknown) =>
          new QueryCommand({
            TableName,
            IndexName: index,
            KeyConditionExpression: `${index}pk = :pk`,
            ExpressionAttributeValues: { ':pk': pk },
          }),
      ],
    ]),
  ),
  'Batch get with one foreign row': (pk) =>
    new BatchGetCommand({
      RequestItems: {
        Kerf: {
          Keys: [
            { pk: inOwn, sk: 'JOB' },
            { pk, sk: 'JOB' },
          ],
        },
      },
    }),
  'Transact get with one foreign row': (pk) =>
    new TransactGetCommand({
      TransactItems: [
        { Get: { TableName, Key: { pk: inOwn, sk: 'A' } } },
        { Get: { TableName, Key: { pk, sk: 'A' } } },
      ],
    }),
  ...Object.fromEntries(
    (['Put', 'Update', 'Delete', 'ConditionCheck'] as const).map((kind) => [
      `Transact write with one foreign ${kind}`,
      (pk: unknown) => {
        const of = (key: unknown) =>
          kind === 'Put'
            ? { Put: { TableName, Item: { pk: key, sk: 'A' } } }
            : { [kind]: { TableName, Key: { pk: key, sk: 'A' }, ConditionExpression: 'a = b' } };
        const TransactItems = [of(inOwn), of(inOwn), of(pk)];
        return { constructor: { name: TransactWriteCommand.name }, input: { TransactItems } };
      },
    ]),
  ),
};

const judge =
  (command: Command, within: Fence = fence) =>
  () =>
    inspect(within, command.constructor.name, command.input);

describe.each(Object.entries(commands))('%s', (_, make) => {
  test('goes through inside the shop', () => expect(judge(make(inOwn))).not.toThrow());
  test.each(Object.entries(foreignKeys))('is refused with a key that is %s', (_name, pk) =>
    expect(judge(make(pk))).toThrow(FenceError),
  );
});

describe('the places of a row in the indexes', () => {
  test.each(['gsi1pk', 'gsi2pk', 'gsi3pk'])('%s stays in the shop', (name) => {
    for (const [value, fine] of [
      [inOwn, true],
      [`SHOP#${other}#JOBS`, false],
      [7, false],
    ] as const) {
      const attempts: Command[] = [
        new PutCommand({ TableName, Item: { pk: inOwn, sk: 'A', [name]: value } }),
        new UpdateCommand({
          TableName,
          Key: { pk: inOwn, sk: 'A' },
          UpdateExpression: `SET title = :t, ${name} = :v`,
          ExpressionAttributeValues: { ':v': value, ':t': 'x' },
        }),
        new UpdateCommand({
          TableName,
          Key: { pk: inOwn, sk: 'A' },
          UpdateExpression: 'SET #a=:v',
          ExpressionAttributeNames: { '#a': name },
          ExpressionAttributeValues: { ':v': value },
        }),
      ];
      for (const attempt of attempts) {
        if (fine) expect(judge(attempt)).not.toThrow();
        else expect(judge(attempt)).toThrow(FenceError);
        const { input } = attempt;
        const kind = attempt instanceof PutCommand ? 'Put' : 'Update';
        const together = { constructor: TransactWriteCommand, input: { TransactItems: [{ [kind]: input }] } };
        if (fine) expect(judge(together)).not.toThrow();
        else expect(judge(together)).toThrow(FenceError);
      }
    }
  });
  test.each(['if_not_exists(gsi1pk, :v)', 'other', ':missing'])(
    'an update to what can not be read is refused: %s',
    (to) =>
      expect(
        judge(
          new UpdateCommand({
            TableName,
            Key: { pk: inOwn, sk: 'A' },
            UpdateExpression: `SET gsi1pk = ${to}`,
            ExpressionAttributeValues: { ':v': inOwn },
          }),
        ),
      ).toThrow(FenceError),
  );
});

describe('commands that can not be judged', () => {
  test.each<[string, Command]>([
    ['Scan', new ScanCommand({ TableName })],
    ['Scan of an index', new ScanCommand({ TableName, IndexName: 'gsi1' })],
    ['PartiQL', new ExecuteStatementCommand({ Statement: 'SELECT * FROM Kerf' })],
    ['PartiQL in a batch', new BatchExecuteStatementCommand({ Statements: [] })],
    ['PartiQL in a transaction', new ExecuteTransactionCommand({ TransactStatements: [] })],
    ['a batch of writes', new BatchWriteCommand({ RequestItems: {} })],
    ['the list of tables', new ListTablesCommand({})],
    [
      'a query by the sort key',
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'sk = :pk',
        ExpressionAttributeValues: { ':pk': inOwn },
      }),
    ],
    ['a query without a condition', new QueryCommand({ TableName })],
    [
      'a query of the old kind',
      new QueryCommand({
        TableName,
        KeyConditions: { pk: { ComparisonOperator: 'EQ', AttributeValueList: [inOwn] } },
      }),
    ],
    [
      'a table query on an index’s key',
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'gsi1pk = :pk',
        ExpressionAttributeValues: { ':pk': inOwn },
      }),
    ],
    [
      'an index query on the table’s key',
      new QueryCommand({
        TableName,
        IndexName: 'gsi1',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': inOwn },
      }),
    ],
  ])('%s is refused', (_, command) => expect(judge(command)).toThrow(FenceError));

  test('the index that crosses shops opens only to those who have the right', () => {
    const query = new QueryCommand({
      TableName,
      IndexName: 'system',
      KeyConditionExpression: 'syspk = :l',
      ExpressionAttributeValues: { ':l': 'SYS#OUTBOX#0' },
    });
    expect(judge(query)).toThrow(FenceError);
    expect(judge(query, { prefixes: ['DIR#'] })).toThrow(FenceError);
    expect(judge(query, { prefixes: [], systemIndex: true })).not.toThrow();
    // The right to look does not reach into any shop.
    expect(
      judge(new GetCommand({ TableName, Key: { pk: inOwn, sk: 'A' } }), { prefixes: [], systemIndex: true }),
    ).toThrow(FenceError);
  });

  test('a fenced client refuses before anything leaves', () => {
    const client = fenced(DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' })), fence);
    expect(() =>
      client.send(new GetCommand({ TableName, Key: { pk: `SHOP#${other}#SHOP`, sk: 'SHOP' } })),
    ).toThrow(FenceError);
  });
});

/** Ids as an attacker would choose them: delimiters, the other shop's id, case, unicode, beginnings. */
const hostile = fc.oneof(
  fc.constantFrom(
    '',
    '#',
    '$',
    '${id}',
    'shop_',
    own,
    own.toUpperCase(),
    own.slice(0, -1),
    `${own}0`,
    `${own}#`,
    `${own}\n`,
    `${own}\u0000`,
    `${own}#JOB#job_1`,
    `../${other}`,
    `../../${other}/files/x`,
    `x/../../../${other}/files/x`,
    `x#SHOP#${other}#`,
    own.replace('shop', 'ſhop'),
    own.normalize('NFKD').replace('o', '\u043e'),
    `job_${ulid().toLowerCase()}`,
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('#', '/', '.', '$', '{', '}', 's', 'h', 'o', 'p', '_', '0'),
    maxLength: 40,
  }),
);
const ulids = fc.string({
  unit: fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz'),
  minLength: 25,
  maxLength: 25,
});
const shopIds = fc
  .tuple(fc.constantFrom(...'01234567'), ulids)
  .map(([first, rest]) => `shop_${first}${rest}`);
const isShopId = /^shop_[0-7][0-9a-hjkmnp-tv-z]{25}$/;

describe('a tenant', () => {
  test('is opened by a shop id and by nothing else', () => {
    fc.assert(
      fc.property(fc.oneof({ arbitrary: hostile, weight: 40 }, { arbitrary: shopIds, weight: 1 }), (id) => {
        if (isShopId.test(id) && !id.endsWith('\n')) expect(tenant(id).shopId).toBe(id);
        else expect(() => tenant(id)).toThrow();
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  test('has a client that goes nowhere else, with directory rows or without', async () => {
    const foreign = { TableName, Item: { pk: `SHOP#${other}#JOB#1`, sk: 'JOB' } };
    expect(() => tenant(own).client.send(new PutCommand(foreign))).toThrow(FenceError);
    await expect(commitWithShop(own, [put('foreign', foreign)])).rejects.toThrow(FenceError);
    const entry = { TableName, Item: { pk: 'DIR#SLUG#x', sk: 'SLUG' } };
    expect(() => tenant(own).client.send(new PutCommand(entry))).toThrow(FenceError);
  });

  test('two shops never share a partition, whatever ids their rows carry', () => {
    fc.assert(
      fc.property(shopIds, shopIds, fc.array(hostile, { minLength: 20 }), (a, b, ids) => {
        fc.pre(a !== b);
        for (const id of ids.filter((each) => each !== ''))
          for (const [shop, stranger] of [
            [a, b],
            [b, a],
          ] as const) {
            const partitions = partitionsOf(shop, id);
            // The hostile id did get into keys.
            expect(partitions.some((partition) => partition.includes(id))).toBe(true);
            for (const partition of partitions) {
              expect(partition.startsWith(`SHOP#${shop}#`), partition).toBe(true);
              expect(partition.startsWith(`SHOP#${stranger}#`), partition).toBe(false);
            }
          }
      }),
      { numRuns: 5, seed: 5 },
    );
  });
});

interface Queryable {
  query: Record<string, (composite: Record<string, unknown>) => { params(): Record<string, unknown> }>;
}

/** The partition keys of every access pattern of every entity, made with this id in all places. */
function partitionsOf(shop: string, id: string): string[] {
  const composite = new Proxy(
    { status: 'draft', name: 'jobs' },
    { get: (known, name) => known[name as keyof typeof known] ?? id },
  );
  return Object.values(tenant(shop).entities as unknown as Record<string, Queryable>).flatMap((entity) =>
    Object.values(entity.query).map((pattern) => {
      const params = pattern(composite).params();
      const command = { constructor: { name: 'QueryCommand' }, input: params };
      inspect({ prefixes: [`SHOP#${shop}#`] }, command.constructor.name, command.input);
      return String((params['ExpressionAttributeValues'] as Record<string, unknown>)[':pk']);
    }),
  );
}

describe('object keys', () => {
  const [job, file] = [`job_${ulid().toLowerCase()}`, `file_${ulid().toLowerCase()}`];
  test('begin with their own shop’s folder, or are refused, whatever the ids', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, shopIds), hostile, hostile, (shop, first, second) => {
        for (const make of [() => keys.quarantine(shop, first, second), () => keys.checked(shop, first)]) {
          let key: string;
          try {
            key = make();
          } catch (error) {
            expect((error as Error).message).toMatch(/Outside the fence/);
            continue;
          }
          expect(shop).toMatch(/^shop_[0-9a-z]{26}$/);
          // Not even a client that resolves dots gets out.
          expect(new URL(`https://s3/${key}`).pathname.startsWith(`/t/${shop}/`)).toBe(true);
          expect(key.startsWith(`t/${shop}/`)).toBe(true);
        }
      }),
      { numRuns: 500, seed: 9 },
    );
  });
  test('of another shop are refused by everything that touches an object, before anything leaves', async () => {
    const [mine, foreign] = [keys.checked(own, 'abc'), keys.checked(other, 'abc')];
    const bytes = new Uint8Array(1);
    const attempts: (() => unknown)[] = [foreign, `t/${own}`, `t/${own}x/files/abc`, `x/${mine}`].flatMap(
      (key) => [
        () => files.readObject(own, key),
        () => files.readWhole(own, key),
        () => files.writeObject(own, key, bytes, 'text/plain'),
        () => files.writePdf(own, key, bytes, 'a.pdf'),
        () => files.copyObject(own, mine, 'etag', key),
        () => files.copyObject(own, key, 'etag', mine),
        () => files.discard(own, key),
        () => files.uploadForm(own, key, 1),
        () => files.downloadUrl(own, key),
        () => files.steadyUrl(own, key),
      ],
    );
    for (const attempt of attempts)
      await expect((async () => attempt())(), String(attempt)).rejects.toThrow(/Outside the fence/);
  });
  test('an upload’s key says whose it is, and only an upload’s key does', () => {
    const key = keys.quarantine(own, job, file);
    expect(parseQuarantineKey(key)).toEqual({ shopId: own, jobId: job, fileId: file });
    for (const bent of [
      `/${key}`,
      `${key}x`,
      `${key}/`,
      key.replace('t/', 'T/'),
      `x${key}`,
      `t/${other}/../${key}`,
      keys.checked(own, 'abc'),
      key.replace('quarantine', 'files'),
    ])
      expect(parseQuarantineKey(bent), bent).toBeUndefined();
  });
});
