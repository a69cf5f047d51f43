import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { RunningCloud } from '#local/cloud.ts';
import { TABLE } from '#contract/table.ts';

export type Row = Record<string, unknown> & { pk: string; sk: string };

/** Answers of repeated calls and telemetry come and go; everything else of a shop stands still unless somebody acts. */
const passing = new Set(['idempotency', 'machineLive', 'callCount', 'usage']);

/** Every row of a shop and every directory row that leads to it, past all fences, by key; without the places on watch lists. */
export async function rowsOf({ operator }: RunningCloud, shopId: string): Promise<Map<string, Row>> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ credentials: operator }));
  const rows = new Map<string, Row>();
  for await (const page of paginateScan({ client }, { TableName: TABLE.name, ConsistentRead: true }))
    for (const item of (page.Items ?? []) as Row[]) {
      const own = item.pk.startsWith(`SHOP#${shopId}#`);
      const leads = item.pk.startsWith('DIR#') && item['shopId'] === shopId;
      if ((!own && !leads) || passing.has(String(item['__edb_e__']))) continue;
      const { syspk: _, syssk: __, ...row } = item;
      rows.set(`${item.pk} ${item.sk}`, row);
    }
  client.destroy();
  return rows;
}

const anyId =
  /\b(?:shop|cus|job|part|file|run|mac|agt|cmd|evt|inv|mail|msg|ven|vrq|sup)_[0-9a-hjkmnp-tv-z]{26}\b/g;

/** All ids that occur in some rows. */
export const idsIn = (rows: Iterable<Row>): Set<string> =>
  new Set([...rows].flatMap((row) => JSON.stringify(row).match(anyId) ?? []));
