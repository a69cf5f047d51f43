import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { choosePorts } from '#local/engine/ports.ts';
import { installSecret } from '#local/engine/secrets.ts';
import { openStore } from '#local/engine/store.ts';
import * as local from '#local/environment.ts';
import { principals } from '#local/iam/principals.ts';

/** An installation, as whoever runs it reaches it: past all walls between shops. */
export interface Platform {
  table: DynamoDBDocumentClient;
  tableName: string;
  objects: S3Client;
  bucketName: string;
}

/** A stage in the cloud, or the data folder of a Kerf that runs on this machine. */
export type Where = { stage: string } | { data: string };

/** Reads `--stage NAME` or `--data FOLDER`. @throws saying what is missing */
export function whereOf({ stage, data }: { stage?: string | undefined; data?: string | undefined }): Where {
  if (stage !== undefined && data === undefined) return { stage };
  if (stage === undefined && data !== undefined) return { data };
  throw new Error('Which installation? Give --stage NAME, or --data FOLDER of one that runs here.');
}

const marshallOptions = { removeUndefinedValues: true };

/**
 * Opens an installation. Also tells this process what the adapters of the handlers have to know, so that they can be imported after it.
 * @throws saying what is missing
 */
export async function openPlatform(where: Where): Promise<Platform> {
  return 'stage' in where ? openStage(where.stage) : openFolder(where.data);
}

function openStage(stage: string): Platform {
  const { AWS_REGION: region, ACCOUNT: account } = process.env;
  if (!region || !account)
    throw new Error('Set AWS_REGION and ACCOUNT first, as docs/operations/README.md says.');
  const tableName = `kerf-${stage}`;
  const bucketName = `kerf-${stage}-files-${account}-${region}`;
  tellAdapters(tableName, bucketName);
  return {
    table: DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions }),
    tableName,
    objects: new S3Client({}),
    bucketName,
  };
}

async function openFolder(data: string): Promise<Platform> {
  if (!existsSync(join(data, 'cloud.sqlite')))
    throw new Error(`${data} is no data folder of Kerf: it has no cloud.sqlite.`);
  const store = openStore(data);
  try {
    const ports = await choosePorts(store);
    const { secretOf } = principals({
      secret: installSecret(store, 'aws-secret-access-key'),
      places: local.places(''),
      shopRoleArn: local.shopRoleArn,
      functionKey: local.accessKeyId,
      operatorKey: local.operatorKeyId,
    });
    const credentials = (accessKeyId: string) => ({
      accessKeyId,
      secretAccessKey: secretOf(accessKeyId) ?? '',
    });
    const region = local.region;
    const tableName = local.tableName;
    tellAdapters(tableName, local.bucketName);
    process.env['AWS_REGION'] = region;
    const operator = { region, credentials: credentials(local.operatorKeyId) };
    const table = new DynamoDBClient({ ...operator, endpoint: local.localUrl(ports.dynamodb) });
    return {
      table: DynamoDBDocumentClient.from(table, { marshallOptions }),
      tableName,
      objects: new S3Client({ ...operator, endpoint: local.localUrl(ports.s3), forcePathStyle: true }),
      bucketName: local.bucketName,
    };
  } finally {
    store.close();
  }
}

/** They ask for these when they are imported; nothing here goes through a shop's role. */
function tellAdapters(tableName: string, bucketName: string): void {
  process.env['TABLE_NAME'] ??= tableName;
  process.env['BUCKET_NAME'] ??= bucketName;
  process.env['SHOP_ROLE_ARN'] ??= local.shopRoleArn;
}
