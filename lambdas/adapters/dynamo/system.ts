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

/** What a row of a list says. @throws ZodError when it says nothing that can be understood */
export function entryOf(row: unknown): WatchEntry {
  const { syssk, ...where } = entry.parse(row);
  return { ...where, dueAt: watchedFrom({ syssk }) ?? '' };
}

const client = clientWithin({ prefixes: [], systemIndex: true });

type Row = Record<string, unknown>;
interface Shard {
  rows: Row[];
  /** Where its next page begins; null before the first, undefined after the last. */
  next: Row | null | undefined;
}
const perPage = 25;

/**
 * Rows of a list whose instant is before `instant`, and not before `since`, as they lie there: to the list's end, oldest first over all
 * shards, so that what is relayed from here keeps the order in which it happened. One that is put off to a later instant meanwhile does
 * not come again.
 */
export async function* dueOnList(list: WatchList, instant: string, since = '0'): AsyncGenerator<Row, void> {
  const all = Array.from({ length: shards }, (): Shard => ({ rows: [], next: null }));
  const instantOf = ({ rows }: Shard) => String(rows[0]?.['syssk']);
  for (;;) {
    await Promise.all(
      all.map(async (shard, number) => {
        while (shard.rows.length === 0 && shard.next !== undefined) {
          const page = await client.send(
            new QueryCommand({
              TableName: tableName,
              IndexName: 'system',
              // No row's own key ends at an instant, so the upper end is not part of the range.
              KeyConditionExpression: 'syspk = :list AND syssk BETWEEN :since AND :instant',
              ExpressionAttributeValues: {
                ':list': `SYS#${list}#${number}`,
                ':since': since,
                ':instant': instant,
              },
              Limit: perPage,
              ...(shard.next ? { ExclusiveStartKey: shard.next } : {}),
            }),
          );
          shard.rows = page.Items ?? [];
          shard.next = page.LastEvaluatedKey;
        }
      }),
    );
    const [oldest] = all
      .filter(({ rows }) => rows.length > 0)
      .sort((one, other) => (instantOf(one) < instantOf(other) ? -1 : 1));
    const row = oldest?.rows.shift();
    if (!row) return;
    yield row;
  }
}

const mostShown = 100;

/** The oldest rows of a list, for a person to see; what nobody can read is in the log of the list's sweep. */
export async function oldestOnList(list: WatchList, instant: string, since?: string): Promise<WatchEntry[]> {
  const entries: WatchEntry[] = [];
  for await (const row of dueOnList(list, instant, since)) {
    if (entry.safeParse(row).success) entries.push(entryOf(row));
    if (entries.length === mostShown) break;
  }
  return entries;
}
