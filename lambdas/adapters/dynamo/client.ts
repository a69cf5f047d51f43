import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { environment } from '../../env.ts';
import { fenced, type Fence } from './fence.ts';

export const { TABLE_NAME: tableName } = environment('TABLE_NAME');

export const marshallOptions = { removeUndefinedValues: true };

/** A client without the SDK's log step, which copies every request and answer for a log that nobody keeps. */
export function dynamoClient(config: DynamoDBClientConfig): DynamoDBClient {
  const made = new DynamoDBClient(config);
  made.middlewareStack.remove('loggerMiddleware');
  return made;
}

/** With the function's own rights, which reach no row of a shop. */
export const ownClient = dynamoClient({});
const client = DynamoDBDocumentClient.from(ownClient, { marshallOptions });

/** The way to rows that belong to no shop: behind a fence. */
export const clientWithin = (fence: Fence): DynamoDBDocumentClient => fenced(client, fence);
