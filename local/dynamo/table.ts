import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { type KeyPair, TABLE, type TableShape } from '#contract/table.ts';

/** Creates the table when it is missing and resolves once it is usable; calling it again changes nothing. */
export async function ensureTable(client: DynamoDBClient, shape: TableShape = TABLE): Promise<void> {
  try {
    await client.send(
      new CreateTableCommand({
        TableName: shape.name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [shape.key, ...shape.indexes]
          .flatMap((pair) => [pair.partition, pair.sort])
          .map((name) => ({ AttributeName: name, AttributeType: 'S' })),
        KeySchema: keySchema(shape.key),
        GlobalSecondaryIndexes: shape.indexes.map((index) => ({
          IndexName: index.name,
          KeySchema: keySchema(index),
          Projection: index.carries
            ? { ProjectionType: 'INCLUDE', NonKeyAttributes: [...index.carries] }
            : { ProjectionType: 'ALL' },
        })),
        StreamSpecification: { StreamEnabled: true, StreamViewType: shape.streamView },
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 30 }, { TableName: shape.name });
  const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName: shape.name }));
  if (ttl.TimeToLiveDescription?.TimeToLiveStatus !== 'ENABLED') {
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: shape.name,
        TimeToLiveSpecification: { AttributeName: shape.ttlAttribute, Enabled: true },
      }),
    );
  }
}

/** ARN of the table's stream; throws when the table has none. */
export async function streamArn(client: DynamoDBClient, shape: TableShape = TABLE): Promise<string> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: shape.name }));
  if (Table?.LatestStreamArn === undefined) {
    throw new Error(
      `Table ${shape.name} has no stream. Was it created by an older version? Start with a fresh data folder.`,
    );
  }
  return Table.LatestStreamArn;
}

const keySchema = (pair: KeyPair) => [
  { AttributeName: pair.partition, KeyType: 'HASH' as const },
  { AttributeName: pair.sort, KeyType: 'RANGE' as const },
];
