import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { ulid } from 'ulid';
import { shopTag } from '#contract/rights.ts';
import { emulatorStage, type Deployment } from '../emulator/deployment.ts';
import { variablesOfFunction } from '../emulator/functions.ts';
import type { Stage } from '../walk/stage.ts';
import type { Probe } from './probe.ts';

/** One function that has all of a shop's rows and objects in its hands. */
const functionName = `kerf-${emulatorStage}-api-jobs`;

interface Session {
  dynamo: DynamoDBClient;
  s3: S3Client;
  table: string;
  bucket: string;
}

/** Credentials of the deployed shop role, assumed as its function does it, for a shop that is not the stage's. */
async function sessionOfAnother({ client }: Deployment): Promise<Session> {
  const { SHOP_ROLE_ARN, TABLE_NAME, BUCKET_NAME } = await variablesOfFunction(client, functionName);
  if (!SHOP_ROLE_ARN || !TABLE_NAME || !BUCKET_NAME)
    throw new Error(`${functionName} was deployed without its shop role, table or bucket.`);
  const another = `shop_${ulid().toLowerCase()}`;
  const credentials = fromTemporaryCredentials({
    masterCredentials: client.credentials,
    clientConfig: { region: client.region, endpoint: client.endpoint },
    params: {
      RoleArn: SHOP_ROLE_ARN,
      RoleSessionName: another,
      Tags: [{ Key: shopTag, Value: another }],
    },
  });
  const config = { ...client, credentials };
  return {
    dynamo: new DynamoDBClient(config),
    s3: new S3Client(config),
    table: TABLE_NAME,
    bucket: BUCKET_NAME,
  };
}

/** Only a refusal by IAM counts: that something is not there proves nothing. */
async function denied(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return false;
  } catch (error) {
    const { name } = error as Error;
    if (['AccessDenied', 'AccessDeniedException'].includes(name)) return true;
    if (name === 'NoSuchKey') return false;
    throw error;
  }
}

const rowOf = ({ shop }: Stage) => ({ pk: { S: `SHOP#${shop.shopId}#SHOP` }, sk: { S: 'PROBE' } });
const keyOf = ({ shop }: Stage) => `t/${shop.shopId}/probe`;

const trespass = (what: string, work: (session: Session, stage: Stage) => Promise<unknown>): Probe => ({
  what: `the shop role, assumed for one shop, ${what}`,
  refused: async (deployment, stage) => denied(work(await sessionOfAnother(deployment), stage)),
});

/** The second wall between shops, on the roles as they were deployed. `tests/walls` judges their policies offline. */
export const wallProbes: readonly Probe[] = [
  {
    what: 'the shop role is assumed by its own function only',
    refused: async (deployment) => {
      const { dynamo } = await sessionOfAnother(deployment);
      return denied(Promise.resolve(dynamo.config.credentials()));
    },
  },
  trespass("reads no row of another one's", ({ dynamo, table }, stage) =>
    dynamo.send(new GetItemCommand({ TableName: table, Key: rowOf(stage) })),
  ),
  trespass("queries no rows of another one's", ({ dynamo, table }, stage) =>
    dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': rowOf(stage).pk },
      }),
    ),
  ),
  trespass("writes no row of another one's", ({ dynamo, table }, stage) =>
    dynamo.send(new PutItemCommand({ TableName: table, Item: rowOf(stage) })),
  ),
  trespass("writes no object of another one's", ({ s3, bucket }, stage) =>
    s3.send(new PutObjectCommand({ Bucket: bucket, Key: keyOf(stage), Body: 'x' })),
  ),
  trespass("reads no object of another one's", ({ s3, bucket }, stage) =>
    s3.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(stage) })),
  ),
  trespass("lists no objects of another one's", ({ s3, bucket }, stage) =>
    s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: keyOf(stage) })),
  ),
];
