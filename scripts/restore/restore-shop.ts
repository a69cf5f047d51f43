import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Platform } from '../platform/platform.ts';
import { compareRows } from './compare-rows.ts';
import type { ExportedObject, OpenExport } from './open-export.ts';
import { refuseForeign } from './foreign-rows.ts';
import { rowsOfExport, type WantedRow } from './rows-of-export.ts';
import { writeCondition } from './write-condition.ts';
import { nameOf, storedRows, type Item } from './stored-rows.ts';

export interface RestoreWish {
  /** False: only look. */
  apply: boolean;
  /** Rows that differ get what the export says; else they stay. */
  overwrite: boolean;
  /** Business time, ISO 8601. */
  now: string;
}

export interface Restored {
  /** Rows that the table has not, by kind. */
  missing: Record<string, number>;
  differing: { key: string; entity: string; fields: string[] }[];
  /** Rows that need nothing. */
  sound: number;
  missingObjects: string[];
  /** What of the export is not restored, and why. */
  leftOut: string[];
  /** Numbers of the shop's log that are in no row, neither of the export nor of the table. */
  gaps: number[];
  writtenRows: number;
  writtenObjects: number;
}

/**
 * Compares an export with what a shop has, and puts back what is gone. May be repeated: what is there stays. Nobody is told, nothing
 * is charged; jobs get their executions from the reconciler.
 * The files are its owner's: nothing in them is believed that would reach beyond the shop.
 * @throws when the shop was deleted at its owner's wish, or a row is not the shop's: then nothing is written
 */
export async function restoreShop(
  platform: Platform,
  exported: OpenExport,
  wish: RestoreWish,
): Promise<Restored> {
  const { goneKey } = await import('#lambdas/adapters/dynamo/directory.ts');
  const tombstone = nameOf(goneKey(exported.shop.id));
  if ((await storedRows(platform, [tombstone])).size > 0)
    throw new Error('This shop was deleted at the wish of its owner. It is not restored.');
  const { rows: wanted, leftOut } = await rowsOfExport(platform, exported, wish);
  const stored = await storedRows(platform, [...wanted.keys()]);
  refuseForeign(exported.shop.id, stored);
  // Names of files are read to their end before the first is written.
  for await (const { key } of exported.objects()) void key;

  const outcome: Restored = {
    missing: {},
    differing: [],
    sound: 0,
    missingObjects: [],
    leftOut,
    gaps: await gapsOf(platform, exported.shop.id, wanted, stored),
    writtenRows: 0,
    writtenObjects: 0,
  };
  await restoreObjects(platform, exported, wish, outcome);
  const writes: { row: WantedRow; before: Item | undefined }[] = [];
  for (const [key, row] of wanted) {
    const before = stored.get(key);
    const fate = compareRows(row, before);
    if (fate.is === 'missing') outcome.missing[row.entity] = (outcome.missing[row.entity] ?? 0) + 1;
    else if (fate.is === 'differs') outcome.differing.push({ key, entity: row.entity, fields: fate.fields });
    else if (fate.is !== 'lower') outcome.sound += 1;
    if (fate.is === 'missing' || fate.is === 'lower' || (fate.is === 'differs' && wish.overwrite))
      writes.push({ row, before });
  }
  if (outcome.missing['standing'])
    leftOut.push(`standing: the plan. It is ${platform.firstPlan}; settle it in the console.`);
  if (wish.apply)
    outcome.writtenRows = await writeRows(platform, writes, { shopId: exported.shop.id, now: wish.now });
  return outcome;
}

const inParallel = 20;
/** Where readers of the log would stop. */
async function gapsOf(
  { table, tableName }: Platform,
  shopId: string,
  wanted: ReadonlyMap<string, WantedRow>,
  stored: ReadonlyMap<string, Item>,
): Promise<number[]> {
  const numbers = new Set(
    [...wanted.values()].flatMap(({ entity, item }) => (entity === 'event' ? [Number(item['seq'])] : [])),
  );
  const counter = `SHOP#${shopId}#COUNTER#events COUNTER`;
  const last = Math.max(
    Number(wanted.get(counter)?.item['value'] ?? 0),
    Number(stored.get(counter)?.['value'] ?? 0),
  );
  const absent = Array.from({ length: last }, (_, index) => index + 1).filter((seq) => !numbers.has(seq));
  if (absent.length === 0) return [];
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :log AND gsi1sk >= :first',
        ExpressionAttributeValues: {
          ':log': `SHOP#${shopId}#LOG`,
          ':first': `SEQ#${String(absent[0]).padStart(12, '0')}`,
        },
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    for (const { seq } of Items) numbers.add(Number(seq));
    from = LastEvaluatedKey;
  } while (from);
  return absent.filter((seq) => !numbers.has(seq));
}

/** What others rest on comes first; the shop, and the ways to it, come last: nobody enters before everything stands. */
const order = ['job', 'workflow', 'shop', 'directory'];

async function writeRows(
  platform: Platform,
  writes: readonly { row: WantedRow; before: Item | undefined }[],
  { shopId, now }: { shopId: string; now: string },
): Promise<number> {
  const { table, tableName } = platform;
  const rank = ({ entity }: WantedRow) => order.indexOf(entity);
  const put = async ({ row, before }: (typeof writes)[number]) => {
    try {
      await table.send(
        new PutCommand({ TableName: tableName, Item: row.item, ...writeCondition(row, before, shopId) }),
      );
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
      throw new Error(`${nameOf(row.item)} has changed since it was compared. Look again, then repeat it.`);
    }
  };
  for (const wanted of [-1, 0, 1, 2, 3]) {
    const group = writes.filter(({ row }) => rank(row) === wanted);
    for (let at = 0; at < group.length; at += inParallel)
      await Promise.all(group.slice(at, at + inParallel).map(put));
  }
  await lookAtJobs(platform, writes, now);
  return writes.length;
}

/** Executions that were there all the time are told to look at what has changed under them. */
async function lookAtJobs(
  { table, tableName }: Platform,
  writes: readonly { row: WantedRow }[],
  now: string,
): Promise<void> {
  const { watched } = await import('#lambdas/adapters/dynamo/system.ts');
  const jobs = new Set(writes.flatMap(({ row }) => (row.item.pk.includes('#JOB#') ? [row.item.pk] : [])));
  for (const pk of jobs) {
    const { syspk, syssk } = watched('WORKFLOW', pk.split('#')[3] ?? '', now);
    await table
      .send(
        new UpdateCommand({
          TableName: tableName,
          Key: { pk, sk: 'WORKFLOW' },
          UpdateExpression: 'SET syspk = :syspk, syssk = :syssk',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':syspk': syspk, ':syssk': syssk },
        }),
      )
      .catch((error: unknown) => {
        // A job whose workflow nobody knows: the export had none.
        if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
      });
  }
}

async function restoreObjects(
  platform: Platform,
  exported: OpenExport,
  { apply }: RestoreWish,
  outcome: Restored,
): Promise<void> {
  for await (const object of exported.objects()) {
    const key = `t/${exported.shop.id}/${object.key}`;
    if (await isThere(platform, key, object.bytes)) continue;
    outcome.missingObjects.push(object.key);
    if (!apply) continue;
    await putObject(platform, key, object);
    outcome.writtenObjects += 1;
  }
}

async function isThere({ objects, bucketName }: Platform, key: string, bytes: number): Promise<boolean> {
  try {
    const { ContentLength } = await objects.send(new HeadObjectCommand({ Bucket: bucketName, Key: key }));
    return ContentLength === bytes;
  } catch (error) {
    if (error instanceof Error && (error.name === 'NotFound' || error.name === 'NoSuchKey')) return false;
    throw error;
  }
}

async function putObject(
  { objects, bucketName }: Platform,
  key: string,
  { bytes, content, contentType, contentDisposition, cacheControl }: ExportedObject,
): Promise<void> {
  await objects.send(
    new PutObjectCommand({
      Bucket: bucketName,
      Key: key,
      Body: content(),
      ContentLength: bytes,
      ContentType: contentType,
      ContentDisposition: contentDisposition,
      CacheControl: cacheControl,
    }),
  );
}
