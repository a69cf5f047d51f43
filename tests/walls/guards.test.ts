import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { inspect } from '#lambdas/adapters/dynamo/fence.ts';
import { guards } from '../../scripts/guards.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

test.each(guards)(
  '$name: the guard stands where scripts/mutate-guards.ts takes it out',
  ({ file, text, without }) => {
    expect(read(file).split(text)).toHaveLength(2);
    expect(without).not.toBe(text);
  },
);

/** One request for each guard of the fence that only this guard refuses. */
const foreign = { pk: 'SHOP#b#JOB#1', sk: 'JOB' };
const own = { pk: 'SHOP#a#JOB#1', sk: 'JOB' };
const requests: [string, object][] = [
  ['GetCommand', { Key: foreign }],
  ['PutCommand', { Item: { ...own, gsi1pk: 'SHOP#b#JOBS' } }],
  [
    'UpdateCommand',
    { Key: own, UpdateExpression: 'SET gsi1pk = :v', ExpressionAttributeValues: { ':v': 'SHOP#b#JOBS' } },
  ],
  ['TransactWriteCommand', { TransactItems: [{ Put: { Item: foreign } }] }],
  ['BatchGetCommand', { RequestItems: { Kerf: { Keys: [foreign] } } }],
  [
    'QueryCommand',
    { IndexName: 'gsi1', KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: { ':v': own.pk } },
  ],
  [
    'QueryCommand',
    {
      IndexName: 'system',
      KeyConditionExpression: 'syspk = :v',
      ExpressionAttributeValues: { ':v': 'SYS#A#0' },
    },
  ],
  ['ScanCommand', {}],
];
const ofFence = guards.filter(({ file }) => file.endsWith('/fence.ts'));

async function refusalsOf(source: string): Promise<boolean[]> {
  const code = Buffer.from(stripTypeScriptTypes(source)).toString('base64');
  const module = (await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`)) as {
    inspect: typeof inspect;
  };
  return requests.map(([command, input]) => {
    try {
      module.inspect({ prefixes: ['SHOP#a#'] }, command, input);
      return false;
    } catch (error) {
      return (error as Error).name === 'FenceError';
    }
  });
}

test('the fence refuses every request of this list; each guard taken out lets one through', async () => {
  const source = read('lambdas/adapters/dynamo/fence.ts');
  expect(await refusalsOf(source)).toEqual(requests.map(() => true));
  expect(ofFence).toHaveLength(requests.length);
  for (const { name, text, without } of ofFence)
    expect(await refusalsOf(source.replace(text, () => without)), name).toContain(false);
});
