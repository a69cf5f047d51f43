import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { RunningCloud } from '#local/cloud.ts';
import { TABLE } from '#contract/table.ts';

export type Row = Record<string, unknown> & { pk: string; sk: string };

/** A client past all walls, as whoever runs the cloud has one. */
export const operatorTable = ({ operator }: RunningCloud): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ credentials: operator }), {
    marshallOptions: { removeUndefinedValues: true },
  });

/** Every row of the table for which `wanted` holds. */
export async function scanned(cloud: RunningCloud, wanted: (row: Row) => boolean): Promise<Row[]> {
  const client = operatorTable(cloud);
  const rows: Row[] = [];
  for await (const { Items = [] } of paginateScan(
    { client },
    { TableName: TABLE.name, ConsistentRead: true },
  ))
    rows.push(...(Items as Row[]).filter(wanted));
  client.destroy();
  return rows;
}
