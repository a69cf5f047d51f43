import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { clientWithin, tableName } from './client.ts';
import { opensShop } from './directory.ts';

const client = clientWithin({ prefixes: ['DIR#'] });

export interface DirectoryKey {
  pk: string;
  sk: string;
}

/** At most 100 rows of the directory by whose secrets something of the shop is opened. */
export async function linksOfShop(shopId: string): Promise<DirectoryKey[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :shop',
      ExpressionAttributeValues: { ':shop': opensShop(shopId, '').gsi1pk },
      Limit: 100,
    }),
  );
  return Items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
}
