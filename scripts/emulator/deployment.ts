import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { join } from 'node:path';
import { buildPages } from '../build-pages.ts';
import { bootstrap, deployStacks, destroyStacks } from '../deploy/cdk.ts';
import { uploadPages } from '../deploy/upload-pages.ts';
import { startFront } from './front.ts';
import { startEmulator, type RunningEmulator } from './ministack.ts';
import { startPayments } from './payments.ts';

export const emulatorStage = 'peers';
const account = '000000000000';
const region = 'us-east-1';

export interface EmulatorClient {
  region: string;
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  forcePathStyle: true;
}

export interface Deployment {
  /** The one public address: pages and API. */
  url: string;
  emulator: RunningEmulator;
  /** Region, endpoint and credentials for a client of the SDK. */
  client: EmulatorClient;
  /** Deploys the same stacks once more. Answers with the events of resources that were touched. */
  deployAgain(): Promise<string[]>;
  /** Removes the stacks. */
  destroy(): Promise<void>;
  stop(): Promise<void>;
}

export interface DeploymentOptions {
  root: string;
  /** Folder of all state; what it holds is taken up again. */
  dataDir: string;
  /** Of the public address; the two behind it are the payment simulator's and the emulator's. */
  port: number;
  report: (what: string, figures?: string) => void;
}

/** Starts the emulator, deploys every stack of the app there, uploads the pages, and stands in for CloudFront and Stripe. */
export async function deployToEmulator(options: DeploymentOptions): Promise<Deployment> {
  const { root, dataDir, port, report } = options;
  const url = `http://127.0.0.1:${port}`;
  const emulator = await startEmulator(root, dataDir, port + 2);
  const closing: (() => Promise<void>)[] = [() => emulator.stop()];
  const stop = async () => {
    for (const close of closing.reverse()) await close();
  };
  try {
    report('emulator is up', emulator.url);
    for (const note of emulator.notes) report(`  ${note}`);
    const environment = {
      AWS_ENDPOINT_URL: emulator.url,
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_REGION: region,
      CDK_DEFAULT_REGION: region,
      CDK_DEFAULT_ACCOUNT: account,
    };
    const events: string[] = [];
    const target = {
      settings: {
        stage: emulatorStage,
        mailFrom: 'no-reply@kerf.example',
        publicUrl: url,
        identityEndpoint: emulator.url,
        iotEndpoint: '127.0.0.1',
        agentAuthority: emulator.iotAuthority,
        stripeUrl: `http://127.0.0.1:${port + 1}`,
        pages: 'apart',
        // The matrix's shops have more machines than a trial.
        firstPlan: 'unmetered',
      },
      environment,
      onLine: (line: string) => void events.push(line),
    };
    await bootstrap(target);
    const outputs = await deployStacks(target);
    report('stacks deployed', `${Object.keys(outputs).length} with outputs`);

    const client: EmulatorClient = {
      endpoint: emulator.url,
      region,
      credentials: { accessKeyId: account, secretAccessKey: 'any' },
      forcePathStyle: true,
    };
    const s3 = new S3Client(client);
    const outputOf = (name: string) => {
      const value = outputs[`kerf-${emulatorStage}-web`]?.[name];
      if (!value) throw new Error(`The stack kerf-${emulatorStage}-web has no output ${name}.`);
      return value;
    };
    await buildPages(root);
    const siteBucket = outputOf('SiteBucket');
    report('pages uploaded', `${await uploadPages(s3, siteBucket, join(root, 'web', 'dist'))} files`);
    const payments = await startPayments({
      dataDir: join(dataDir, 'payments'),
      port: port + 1,
      stage: emulatorStage,
      publicUrl: url,
      ssm: new SSMClient(client),
    });
    closing.push(() => payments.close());
    const front = await startFront({
      port,
      emulator: emulator.url,
      apiId: outputOf('ApiId'),
      siteBucket,
      s3,
    });
    closing.push(() => front.close());
    return {
      url,
      emulator,
      client,
      async deployAgain() {
        events.length = 0;
        await deployStacks(target);
        return events.filter((line) => /\|\s*(CREATE|UPDATE|DELETE)_\w+\s*\|/.test(line));
      },
      destroy: () => destroyStacks(target),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
