/** Every way in which handlers reach the table, found in the entities and in the two modules that cross shops. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { TABLE } from '#contract/table.ts';

// Adapters read the environment when they are loaded; nothing here reaches a network.
const unreached = {
  TABLE_NAME: TABLE.name,
  BUCKET_NAME: 'kerf-files',
  SHOP_ROLE_ARN: 'arn:aws:iam::000000000000:role/kerf-shop',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nothing',
};
for (const [name, value] of Object.entries(unreached)) process.env[name] ??= value;
const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
const { keys } = await import('#lambdas/adapters/s3/files.ts');

export interface AccessPattern {
  /** Entity, or kind of row. */
  row: string;
  /** Name of the entity's pattern; `key` for single rows. */
  pattern: string;
  /** Undefined: the table itself. */
  index: string | undefined;
  /** With `{shopId}` and other ids in braces. */
  partitionKey: string;
  sortKey: string;
}

interface Params {
  IndexName?: string;
  Key?: { pk: string; sk: string };
  ExpressionAttributeValues?: Record<string, string>;
}
interface AnyEntity {
  query: Record<string, (composite: object) => { params(): Params }>;
  get(composite: object): { params(): Params };
}

const placeholders = new Proxy({}, { get: (_, name) => `{${String(name)}}` });

/** The patterns of all entities of a shop: each single row, and each query. */
export function shopPatterns(): AccessPattern[] {
  const shopId = `shop_${ulid().toLowerCase()}`;
  const named = (text: string | undefined) => (text ?? '').replaceAll(shopId, '{shopId}');
  return Object.entries(tenant(shopId).entities as unknown as Record<string, AnyEntity>)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([row, entity]) => {
      const { Key } = entity.get(placeholders).params();
      const queries = Object.entries(entity.query).map(([pattern, ask]): AccessPattern => {
        const { IndexName, ExpressionAttributeValues: values = {} } = ask(placeholders).params();
        const sort = Object.keys(values).find((name) => /^:sk/.test(name)) ?? '';
        return {
          row,
          pattern,
          index: IndexName,
          partitionKey: named(values[':pk']),
          sortKey: named(values[sort]),
        };
      });
      return queries.flatMap((query) =>
        // Of the table itself, a query asks for all rows of the entity, a key for one of them.
        query.index === undefined
          ? [
              { ...query, pattern: 'key' },
              { ...query, sortKey: named(Key?.sk) },
            ]
          : [query],
      );
    });
}

const source = (name: string) =>
  readFileSync(join(import.meta.dirname, '..', '..', 'lambdas', 'adapters', 'dynamo', name), 'utf8');
const braced = (template: string) => template.replaceAll('${', '{').replaceAll(/\{\w+\.(\w+)\}/g, '{$1}');

/** Look-ups that begin without a shop, as they stand in their module. */
export function directoryPatterns(): AccessPattern[] {
  const partitions = [...source('directory.ts').matchAll(/`(DIR#[^`]+)`/g)].map(([, key = '']) =>
    braced(key),
  );
  return [...new Set(partitions)].sort().map((partitionKey) => ({
    row: (/^DIR#(\w+)#/.exec(partitionKey)?.[1] ?? '').toLowerCase(),
    pattern: 'key',
    index: undefined,
    partitionKey,
    sortKey: '',
  }));
}

/** Watch lists that cross shops. */
export function systemPatterns(): AccessPattern[] {
  const [, lists = ''] = /type WatchList =\s([^;]+);/.exec(source('system.ts')) ?? [];
  return [...lists.matchAll(/'(\w+)'/g)].map(([, list = '']) => ({
    row: list.toLowerCase(),
    pattern: 'due',
    index: 'system',
    partitionKey: `SYS#${list}#{shard}`,
    sortKey: '{instant}',
  }));
}

/** Every kind of object key, for this shop. */
export function objectKeys(shopId: string): string[] {
  const ids = [`job_${ulid().toLowerCase()}`, `file_${ulid().toLowerCase()}`] as const;
  return Object.values(keys).map((make) => make(shopId, ...ids));
}

const table = (patterns: readonly AccessPattern[]) => [
  '| row | pattern | index | partition key | sort key begins |',
  '| --- | --- | --- | --- | --- |',
  ...patterns.map(
    ({ row, pattern, index, partitionKey, sortKey }) =>
      `| ${row} | ${pattern} | ${index ?? 'table'} | \`${partitionKey}\` | ${sortKey === '' ? '' : `\`${sortKey}\``} |`,
  ),
];

/** docs/access-patterns.md */
export const accessPatternsPage = (): string =>
  [
    '# Access patterns',
    '',
    'Made by `node scripts/access-patterns.ts` from the entities; a test fails when it is not current.',
    'What a role may is judged over this list: `tests/walls/policies.test.ts`.',
    '',
    '## Rows of a shop',
    '',
    'Reached by a shop role only, whose session tag is the shop. `key` stands for get, put, update, delete and condition check.',
    '',
    ...table(shopPatterns()),
    '',
    '## Directory',
    '',
    'Look-ups that begin without a shop.',
    '',
    ...table(directoryPatterns()),
    '',
    '## Watch lists',
    '',
    'Read by sweeps; a row joins a list by `syspk` and `syssk`.',
    '',
    ...table(systemPatterns()),
    '',
  ].join('\n');
