import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../client.ts';
import { withJob } from '../keys.ts';
import type { Tenant } from '../tenant.ts';

/** First and last sort key of a range, both included. */
type Range = readonly [first: string, last: string];

/** No id and no name of a row has a character after it. */
const end = '~';

/**
 * Rows of a job by where their sort keys stand in the alphabet, so that neighbours come with one query instead of one per kind. Between
 * quotes and stays lie an offer's draft, marks of what was read, and refunds: few and small.
 */
export const ranges = {
  /** The job, its files, parts and runs. */
  job: [withJob, `${withJob}#${end}`],
  invoicesAndJob: ['INVOICE#', `${withJob}#${end}`],
  invoices: ['INVOICE#', `INVOICE#${end}`],
  quotesAndStays: ['QUOTE#', `STAY#${end}`],
} as const satisfies Record<string, Range>;

/** Consistent; in order of their keys, as ElectroDB's `parse` takes them. */
export async function rowsOfJob(
  { client, shopId }: Tenant,
  jobId: string,
  [first, last]: Range,
): Promise<{ Items: Record<string, unknown>[] }> {
  const Items: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: {
          ':pk': `SHOP#${shopId}#JOB#${jobId}`,
          ':first': first,
          ':last': last,
        },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    Items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return { Items };
}
