import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { environment } from '../../env.ts';
import { fenced, type Fence } from './fence.ts';

export const { TABLE_NAME: tableName } = environment('TABLE_NAME');

export const marshallOptions = { removeUndefinedValues: true };

/** With the function's own rights, which reach no row of a shop. */
export const ownClient = new DynamoDBClient({});
const client = DynamoDBDocumentClient.from(ownClient, { marshallOptions });

/** The way to rows that belong to no shop: behind a fence. */
export const clientWithin = (fence: Fence): DynamoDBDocumentClient => fenced(client, fence);
