import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { id } from '#contract/ids.ts';
import { mailAudiences } from '#domain/mail/mail-kinds.ts';
import { clientWithin, tableName } from './client.ts';

/**
 * The watch lists that cross shops: the one module that reads them. A row joins a list by carrying `syspk`/`syssk`
 * (list and shard, instant from which it deserves a look) and leaves it by losing them.
 */
export type WatchList =
  'OUTBOX' | 'WORKFLOW' | 'MAIL' | 'AGENT' | 'TROUBLE' | 'STUMBLE' | 'EXPORT' | 'CLOSING';

const shards = 4;

/** Index attributes that put a shop's row on a list from `instant` on. */
export const watched = (list: WatchList, rowId: string, instant: string) => ({
  syspk: `SYS#${list}#${shardOf(rowId)}`,
  syssk: `${instant}#${rowId}`,
});

/** The instant from which a row deserves a look; undefined: it is on no list. */
export const watchedFrom = ({ syssk }: { syssk?: string | undefined }): string | undefined =>
  syssk?.slice(0, syssk.indexOf('#'));

const shardOf = (rowId: string): number => {
  let sum = 0;
  for (const character of rowId) sum = (sum * 31 + character.charCodeAt(0)) % 997;
  return sum % shards;
};

/** What a list says of a row: where it is. The row itself is read through its shop's repositories. */
const entry = z.object({
  shopId: id('shop'),
  jobId: id('job').optional(),
  id: z.string().optional(),
  eventId: z.string().optional(),
  audience: z.enum(mailAudiences).optional(),
  syssk: z.string(),
});
export interface WatchEntry extends Omit<z.infer<typeof entry>, 'syssk'> {
  /** From when on it deserves a look. */
  dueAt: string;
}

function entryOf(item: unknown): WatchEntry {
  const { syssk, ...where } = entry.parse(item);
  return { ...where, dueAt: watchedFrom({ syssk }) ?? '' };
}

const client = clientWithin({ prefixes: [], systemIndex: true });

/** Rows of a list whose instant is before `instant`, and not before `since`; oldest first over all shards, at most `limit` per shard. */
export async function dueOnList(
  list: WatchList,
  instant: string,
  { since = '0', limit = 25 } = {},
): Promise<WatchEntry[]> {
  const pages = await Promise.all(
    Array.from({ length: shards }, (_, shard) =>
      client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: 'system',
          // No row's own key ends at an instant, so the upper end is not part of the range.
          KeyConditionExpression: 'syspk = :list AND syssk BETWEEN :since AND :instant',
          ExpressionAttributeValues: {
            ':list': `SYS#${list}#${shard}`,
            ':since': since,
            ':instant': instant,
          },
          Limit: limit,
        }),
      ),
    ),
  );
  // The shards are merged by time again: what is relayed from here keeps the order in which it happened.
  const items = pages.flatMap((page) => page.Items ?? []);
  const instantOf = (item: Record<string, unknown>) => String(item['syssk']);
  return items.sort((a, b) => (instantOf(a) < instantOf(b) ? -1 : 1)).map(entryOf);
}
