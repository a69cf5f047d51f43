import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { rememberedBy } from '../remembered.ts';
import { credentialsOf } from '../shop-credentials.ts';
import { dynamoClient, marshallOptions, ownClient } from './client.ts';
import { fenced } from './fence.ts';

const clientOf = rememberedBy(200, (shopId) =>
  DynamoDBDocumentClient.from(
    dynamoClient({
      credentials: credentialsOf(shopId),
      // All shops share the connections; who asks is in the signature.
      requestHandler: ownClient.config.requestHandler,
    }),
    { marshallOptions },
  ),
);

/** The only way to a shop's rows: behind the fence, with credentials of that shop alone. */
export const shopClient = (shopId: string): DynamoDBDocumentClient =>
  fenced(clientOf(shopId), { prefixes: [`SHOP#${shopId}#`] });

/** For writes that join a shop's rows with rows of the directory. */
export const shopAndDirectoryClient = (shopId: string): DynamoDBDocumentClient =>
  fenced(clientOf(shopId), { prefixes: ['DIR#', `SHOP#${shopId}#`] });
