import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { environment } from '../../env.ts';
import { fenced, type Fence } from './fence.ts';

export const { TABLE_NAME: tableName } = environment('TABLE_NAME');

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
  marshallOptions: { removeUndefinedValues: true },
});

/** The only way to a client: behind a fence. */
export const clientWithin = (fence: Fence): DynamoDBDocumentClient => fenced(client, fence);
