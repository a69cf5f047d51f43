import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IoTClient } from '@aws-sdk/client-iot';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { planNames, type PlanName } from '#domain/platform/plan.ts';
import { choosePorts } from '#local/engine/ports.ts';
import { installSecret } from '#local/engine/secrets.ts';
import { openStore } from '#local/engine/store.ts';
import * as local from '#local/environment.ts';
import { certificateAuthority } from '#local/iot/ca.ts';
import { ensureKey } from '#local/wire/kms.ts';
import { principals } from '#local/iam/principals.ts';

/** An installation, as whoever runs it reaches it: past all walls between shops. */
export interface Platform {
  table: DynamoDBDocumentClient;
  tableName: string;
  objects: S3Client;
  bucketName: string;
  things: IoTClient;
  /** What a shop has of which nobody knows the plan. */
  firstPlan: PlanName;
}

/** A stage in the cloud, or the data folder of a Kerf that runs on this machine. */
export type Where = { stage: string } | { data: string };

/** Reads `--stage NAME` or `--data FOLDER`. @throws saying what is missing */
export function whereOf({ stage, data }: { stage?: string | undefined; data?: string | undefined }): Where {
  if (stage !== undefined && data === undefined) return { stage };
  if (stage === undefined && data !== undefined) return { data };
  throw new Error('Which installation? Give --stage NAME, or --data FOLDER of one that runs here.');
}

/** As `npm start` gives it. */
const localPlan: PlanName = 'unmetered';

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
    things: new IoTClient({}),
    // A stage may begin with another one; a person settles that in the console.
    firstPlan: planNames[0],
  };
}

async function openFolder(data: string): Promise<Platform> {
  const { ports, secretOf } = await installed(data);
  const credentials = {
    accessKeyId: local.operatorKeyId,
    secretAccessKey: secretOf(local.operatorKeyId) ?? '',
  };
  const operator = { region: local.region, credentials };
  tellAdapters(local.tableName, local.bucketName);
  process.env['AWS_REGION'] ??= local.region;
  const table = new DynamoDBClient({ ...operator, endpoint: local.localUrl(ports.dynamodb) });
  return {
    table: DynamoDBDocumentClient.from(table, { marshallOptions }),
    tableName: local.tableName,
    objects: new S3Client({ ...operator, endpoint: local.localUrl(ports.s3), forcePathStyle: true }),
    bucketName: local.bucketName,
    things: new IoTClient({ ...operator, endpoint: local.localUrl(ports.aws) }),
    firstPlan: localPlan,
  };
}

/** Sets the environment in which the functions of a Kerf on this machine run, so that one can be run in this process. */
export async function tellHandlers(data: string): Promise<void> {
  const { ports, secretOf, authorityPem, sessionKeyId } = await installed(data);
  const secretAccessKey = secretOf(local.accessKeyId) ?? '';
  Object.assign(
    process.env,
    local.functionEnvironment(
      ports,
      { secretAccessKey, sessionKeyId, authorityPem },
      { callsPerMinute: 1, firstPlan: localPlan },
    ),
  );
}

/** What an installation on this machine has chosen for itself. @throws when there is none */
async function installed(data: string) {
  if (!existsSync(join(data, 'cloud.sqlite')))
    throw new Error(`${data} is no data folder of Kerf: it has no cloud.sqlite.`);
  const store = openStore(data);
  try {
    const sessionKeyId = ensureKey(store, 'alias/kerf-session');
    const { secretOf } = principals({
      secret: installSecret(store, 'aws-secret-access-key'),
      places: local.places(sessionKeyId),
      shopRoleArn: local.shopRoleArn,
      functionKey: local.accessKeyId,
      operatorKey: local.operatorKeyId,
    });
    const { rootPem } = await certificateAuthority(store);
    return { ports: await choosePorts(store), secretOf, sessionKeyId, authorityPem: rootPem };
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
