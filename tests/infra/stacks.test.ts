import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { App, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { functions } from '#contract/functions.ts';
import { allRoutes } from '#contract/routes/all.ts';
import { tellings } from '#contract/mqtt.ts';
import { TABLE } from '#contract/table.ts';
import { toldTroubles } from '#lib/constructs/told-troubles.ts';
import { buildKerf } from '#lib/kerf.ts';
import { readSettings } from '#lib/settings.ts';
import { ofType, synthesize, type FoundResource } from './synth.ts';

const { resources } = synthesize({ region: 'us-east-1' });
const of = (type: string) => ofType(resources, type);
const kerfFunctions = of('AWS::Lambda::Function').filter(({ Properties }) =>
  String(Properties['FunctionName']).startsWith('kerf-dev-'),
);
const named = (name: string): FoundResource => {
  const found = kerfFunctions.filter(({ Properties }) => Properties['FunctionName'] === `kerf-dev-${name}`);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} functions are called ${name}`);
  return found[0];
};
/** Whether a property refers to the resource, in whatever way. */
const mentions = (value: unknown, { id }: FoundResource) => JSON.stringify(value).includes(`"${id}"`);

describe('stacks', () => {
  test('cdk-nag looks at every stack: a planted finding stops the synthesis', () => {
    const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
    buildKerf(app, readSettings(app), undefined);
    app.synth();
    const planted = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
    buildKerf(planted, readSettings(planted), undefined);
    new Topic(new Stack(planted, 'planted'), 'Unsafe');
    expect(() => planted.synth()).toThrow();
  });

  test('built pages are put in place: documents asked for anew, all else cached for ever', () => {
    const placed = ofType(synthesize({}, 'lib/assets').resources, 'Custom::CDKBucketDeployment');
    expect(placed.map(({ Properties }) => Properties)).toMatchObject([
      {
        Exclude: ['*.html'],
        Prune: false,
        SystemMetadata: { 'cache-control': 'max-age=31536000, immutable' },
      },
      { Include: ['*.html'], Prune: false, SystemMetadata: { 'cache-control': 'no-cache' } },
    ]);
  });

  test('resources per stack are what somebody last agreed to', () => {
    const counts: Record<string, number> = {};
    for (const { stack } of resources) counts[stack] = (counts[stack] ?? 0) + 1;
    expect(counts).toEqual({
      data: 1,
      identity: 10,
      web: 11,
      files: 12,
      workflow: 188,
      farm: 67,
      api: 84 + allRoutes.length,
      ops: 110,
      firewall: 1,
    });
  });

  test('two stages share no name', () => {
    const ownNames: Record<string, string> = {
      'AWS::Lambda::Function': 'FunctionName',
      'AWS::DynamoDB::Table': 'TableName',
      'AWS::SQS::Queue': 'QueueName',
      'AWS::Logs::LogGroup': 'LogGroupName',
      'AWS::S3::Bucket': 'BucketName',
      'AWS::SNS::Topic': 'TopicName',
      'AWS::KMS::Alias': 'AliasName',
      'AWS::StepFunctions::StateMachine': 'StateMachineName',
      'AWS::IoT::Authorizer': 'AuthorizerName',
      'AWS::IoT::Policy': 'PolicyName',
      'AWS::IoT::TopicRule': 'RuleName',
      'AWS::SES::ConfigurationSet': 'Name',
      'AWS::Events::EventBus': 'Name',
      'AWS::Events::Archive': 'ArchiveName',
      'AWS::CloudWatch::Dashboard': 'DashboardName',
      'AWS::WAFv2::WebACL': 'Name',
    };
    const namesIn = (stage: string) =>
      synthesize({ stage, region: 'us-east-1' }).resources.flatMap(({ Type, Properties }) => {
        const name = Properties[ownNames[Type] ?? ''];
        return name === undefined ? [] : [`${Type} ${JSON.stringify(name)}`];
      });
    const first = new Set(namesIn('one'));
    expect(first.size).toBeGreaterThan(60);
    expect(namesIn('two').filter((name) => first.has(name))).toEqual([]);
  });

  test('data of a prod stage outlives its stack', () => {
    const prod = synthesize({ stage: 'prod' }).resources;
    for (const type of ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool', 'AWS::KMS::Key'])
      for (const found of ofType(prod, type))
        expect(found, found.id).toMatchObject({ DeletionPolicy: 'Retain' });
    expect(ofType(prod, 'AWS::DynamoDB::Table')[0]?.Properties).toMatchObject({
      DeletionProtectionEnabled: true,
    });
  });

  test('a stage can be told other addresses; by itself it uses those of AWS and Stripe', () => {
    const variablesOf = (name: string, found: readonly FoundResource[]) =>
      ofType(found, 'AWS::Lambda::Function').find(
        ({ Properties }) => Properties['FunctionName'] === `kerf-dev-${name}`,
      )?.Properties['Environment'] as { Variables: Record<string, unknown> };
    const told = synthesize({
      publicUrl: 'http://pages.example',
      identityEndpoint: 'https://cognito-idp-fips.us-east-1.amazonaws.com',
      stripeUrl: 'http://stripe.example',
      iotEndpoint: 'iot.example',
      agentAuthority: 'tests/infra/synth.ts',
    }).resources;
    expect(variablesOf('api-billing', told).Variables).toMatchObject({
      PUBLIC_URL: 'http://pages.example',
      STRIPE_URL: 'http://stripe.example',
    });
    expect(variablesOf('authorize-request', told).Variables).toMatchObject({
      IDENTITY_ENDPOINT: 'https://cognito-idp-fips.us-east-1.amazonaws.com',
      // Tokens are still issued in the name of the region's own.
      USER_POOL_ISSUER: { 'Fn::Join': ['', expect.arrayContaining(['https://cognito-idp.']) as unknown] },
    });
    expect(variablesOf('api-farm', told).Variables).toMatchObject({
      AGENT_ENDPOINT: 'iot.example:8883',
      AGENT_AUTHORITY: readFileSync('tests/infra/synth.ts', 'utf8'),
    });
    expect(ofType(told, 'Custom::AWS')).toEqual([]);
    expect(variablesOf('api-billing', resources).Variables).not.toHaveProperty('STRIPE_URL');
    expect(
      JSON.stringify(variablesOf('authorize-request', resources).Variables['IDENTITY_ENDPOINT']),
    ).toContain('"https://cognito-idp."');
  });

  test('a wrong setting is named', () => {
    expect(() => synthesize({ stripeUrl: 'stripe' })).toThrow(/stripeUrl/);
    expect(() => synthesize({ stage: 'Much Too Long A Name' })).toThrow(/stage/);
    expect(() => synthesize({ host: 'kerf.example.com' })).toThrow(/certificateArn/);
  });
});

describe('functions', () => {
  test('each of the list exists once, on Node 24 and arm64, traced, with its size and time', () => {
    expect(kerfFunctions.length).toBe(functions.length);
    for (const spec of functions)
      expect(named(spec.name).Properties, spec.name).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Timeout: spec.timeoutSeconds,
        MemorySize: spec.memoryMb,
        TracingConfig: { Mode: 'Active' },
      });
  });

  test('each has a role of its own', () => {
    const roles = kerfFunctions.map(({ Properties }) => JSON.stringify(Properties['Role']));
    expect(new Set(roles).size).toBe(functions.length);
  });

  test('every log is kept for a stated time', () => {
    for (const log of of('AWS::Logs::LogGroup'))
      expect(log.Properties['RetentionInDays'], log.id).toBeGreaterThan(0);
    for (const { Properties } of of('AWS::Lambda::Function'))
      expect(Properties['LoggingConfig'], String(Properties['FunctionName'])).toHaveProperty('LogGroup');
  });

  test('each is woken by its trigger', () => {
    for (const { name, trigger } of functions) {
      const target = named(name);
      const woken = (type: string) => of(type).filter(({ Properties }) => mentions(Properties, target));
      switch (trigger.kind) {
        case 'api':
          expect(woken('AWS::ApiGatewayV2::Integration'), name).toHaveLength(1);
          break;
        case 'http-authorizer':
          expect(woken('AWS::ApiGatewayV2::Authorizer'), name).toHaveLength(1);
          break;
        case 'stream':
          expect(woken('AWS::Lambda::EventSourceMapping')[0]?.Properties, name).toMatchObject({
            BisectBatchOnFunctionError: true,
            FunctionResponseTypes: ['ReportBatchItemFailures'],
            ParallelizationFactor: 1,
            StartingPosition: 'TRIM_HORIZON',
            DestinationConfig: { OnFailure: {} },
            FilterCriteria: {
              Filters: [
                {
                  Pattern: JSON.stringify({
                    eventName: ['INSERT'],
                    dynamodb: { NewImage: { __edb_e__: { S: trigger.insertsOf } } },
                  }),
                },
              ],
            },
          });
          break;
        case 'bus':
          expect(woken('AWS::Events::Rule')[0]?.Properties, name).toMatchObject({
            EventPattern: { source: [trigger.source], 'detail-type': [...trigger.detailTypes] },
            ...(trigger.source.startsWith('aws.') ? {} : { EventBusName: 'kerf-dev' }),
          });
          break;
        case 'schedule':
          expect(woken('AWS::Events::Rule')[0]?.Properties, name).toMatchObject({
            ScheduleExpression: `rate(${trigger.everyMinutes} minute${trigger.everyMinutes === 1 ? '' : 's'})`,
          });
          break;
        case 'upload':
          expect(
            of('AWS::S3::Bucket').flatMap(({ Properties }) => Properties['NotificationConfiguration'] ?? []),
            name,
          ).toMatchObject([
            {
              LambdaConfigurations: [
                { Filter: { S3Key: { Rules: [{ Name: 'suffix', Value: trigger.suffix }] } } },
              ],
            },
          ]);
          break;
        case 'mqtt-rule':
          expect(woken('AWS::Lambda::EventSourceMapping')[0]?.Properties, name).toMatchObject({
            BatchSize: 10,
            FunctionResponseTypes: ['ReportBatchItemFailures'],
          });
          break;
        case 'mqtt-authorizer':
          expect(woken('AWS::IoT::Authorizer')[0]?.Properties, name).toMatchObject({ SigningDisabled: true });
          break;
        case 'workflow-task':
          expect(woken('AWS::StepFunctions::StateMachine'), name).toHaveLength(1);
          break;
      }
    }
  });

  test('what nobody waits for has a place for its failures', () => {
    for (const { name, trigger } of functions) {
      if (!['bus', 'schedule', 'upload'].includes(trigger.kind)) continue;
      const configured = of('AWS::Lambda::EventInvokeConfig').filter(({ Properties }) =>
        mentions(Properties, named(name)),
      );
      expect(configured[0]?.Properties['DestinationConfig'], name).toHaveProperty('OnFailure');
    }
    for (const rule of of('AWS::Events::Rule'))
      for (const target of rule.Properties['Targets'] as object[]) {
        // The archive's own rule is AWS's business.
        expect(target, rule.id).toHaveProperty('DeadLetterConfig');
      }
  });
});

describe('API', () => {
  test('every route of the contract stands alone at the gateway, behind the authorizer, before its own context', () => {
    const routes = of('AWS::ApiGatewayV2::Route');
    expect(routes.map(({ Properties }) => Properties['RouteKey']).sort()).toEqual(
      allRoutes.map(({ method, path }) => `${method} ${path}`).sort(),
    );
    for (const { method, path, context } of allRoutes) {
      const route = routes.find(({ Properties }) => Properties['RouteKey'] === `${method} ${path}`);
      expect(route?.Properties, path).toMatchObject({ AuthorizationType: 'CUSTOM' });
      const integration = of('AWS::ApiGatewayV2::Integration').find((each) =>
        mentions(route?.Properties['Target'], each),
      );
      expect(mentions(integration?.Properties['IntegrationUri'], named(`api-${context}`)), path).toBe(true);
    }
  });

  test('the authorizer hears every call and nothing of it is remembered', () => {
    const [authorizer] = of('AWS::ApiGatewayV2::Authorizer');
    expect(authorizer?.Properties).toMatchObject({
      AuthorizerType: 'REQUEST',
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      AuthorizerResultTtlInSeconds: 0,
    });
    expect(authorizer?.Properties).not.toHaveProperty('IdentitySource');
  });

  test('calls are logged and throttled', () => {
    expect(of('AWS::ApiGatewayV2::Stage')[0]?.Properties).toMatchObject({
      AccessLogSettings: { Format: expect.stringContaining('$context.requestId') as string },
      DefaultRouteSettings: { ThrottlingRateLimit: 200 },
    });
  });
});

describe('data', () => {
  test('the table has the shape the embedded cloud reads, with recovery, stream and expiry', () => {
    const [table, ...others] = of('AWS::DynamoDB::Table');
    expect(others).toEqual([]);
    expect(table?.Properties).toMatchObject({
      KeySchema: [
        { AttributeName: TABLE.key.partition, KeyType: 'HASH' },
        { AttributeName: TABLE.key.sort, KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: TABLE.indexes.map(({ name, partition, sort, carries }) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: partition, KeyType: 'HASH' },
          { AttributeName: sort, KeyType: 'RANGE' },
        ],
        Projection: carries
          ? { ProjectionType: 'INCLUDE', NonKeyAttributes: carries }
          : { ProjectionType: 'ALL' },
      })),
      StreamSpecification: { StreamViewType: TABLE.streamView },
      TimeToLiveSpecification: { AttributeName: TABLE.ttlAttribute, Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    });
  });

  test('uploads that are never checked expire, by the tag their form carries, and nothing else does', () => {
    const rules = of('AWS::S3::Bucket').flatMap(
      ({ Properties }) =>
        (Properties['LifecycleConfiguration'] as { Rules: Record<string, unknown>[] } | undefined)?.Rules ??
        [],
    );
    expect(rules.filter((rule) => 'ExpirationInDays' in rule && 'TagFilters' in rule)).toEqual([
      expect.objectContaining({
        Status: 'Enabled',
        ExpirationInDays: 7,
        TagFilters: [{ Key: 'kerf', Value: 'quarantine' }],
      }),
    ]);
  });

  test('buckets are private, encrypted and reached by TLS only', () => {
    for (const bucket of of('AWS::S3::Bucket')) {
      expect(bucket.Properties, bucket.id).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
      expect(bucket.Properties, bucket.id).toHaveProperty('BucketEncryption');
      const policy = of('AWS::S3::BucketPolicy').find(({ Properties }) =>
        mentions(Properties['Bucket'], bucket),
      );
      expect(JSON.stringify(policy?.Properties), bucket.id).toContain('"aws:SecureTransport":"false"');
    }
  });

  test('every queue leads to a dead-letter queue or is one', () => {
    const queues = of('AWS::SQS::Queue');
    const failures = queues.filter(({ Properties }) => String(Properties['QueueName']).endsWith('-failures'));
    for (const queue of queues.filter((each) => !failures.includes(each))) {
      const redrive = queue.Properties['RedrivePolicy'];
      expect(
        failures.some((each) => mentions(redrive, each)),
        queue.id,
      ).toBe(true);
    }
    expect(failures.length).toBeGreaterThan(10);
  });

  test('an alarm watches each dead-letter queue and each function', () => {
    const watched = JSON.stringify(of('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties));
    expect(watched.match(/"ApproximateNumberOfMessagesVisible"/g)).toHaveLength(
      of('AWS::SQS::Queue').filter(({ Properties }) => String(Properties['QueueName']).endsWith('-failures'))
        .length,
    );
    for (const metric of ['Errors', 'Throttles'])
      expect(watched.match(new RegExp(`"MetricName":"${metric}"`, 'g')), metric).toHaveLength(
        functions.length,
      );
  });
});

describe('watch', () => {
  const alarms = of('AWS::CloudWatch::Alarm');
  const described = alarms.map(({ Properties }) => String(Properties['AlarmDescription']));

  test('every alarm is heard at the one topic, and silence is no alarm', () => {
    for (const { id, Properties } of alarms) {
      expect(Properties['AlarmActions'], id).toEqual([
        of('AWS::SNS::Topic')[0] && { Ref: of('AWS::SNS::Topic')[0]?.id },
      ]);
      expect(Properties['TreatMissingData'], id).toBe('notBreaching');
    }
  });

  test('the lag of the stream, failed executions and server errors raise alarms', () => {
    for (const metric of ['IteratorAge', 'ExecutionsFailed', '5xx'])
      expect(
        alarms.filter(({ Properties }) => Properties['MetricName'] === metric),
        metric,
      ).toHaveLength(1);
  });

  test('what functions only tell of in their logs is counted where they log, and watched', () => {
    const filters = of('AWS::Logs::MetricFilter').map(({ Properties }) => Properties);
    const logs = of('AWS::Logs::LogGroup').map(({ Properties }) => Properties['LogGroupName']);
    for (const { name, functions: told, words, threshold } of toldTroubles) {
      for (const each of told) {
        expect(logs).toContain(`/kerf/dev/${each}`);
        expect(filters, name).toContainEqual({
          LogGroupName: `/kerf/dev/${each}`,
          FilterPattern: `{ $.message = "${words}" }`,
          MetricTransformations: [{ MetricName: name, MetricNamespace: 'kerf/dev', MetricValue: '1' }],
        });
      }
      const watching = alarms.filter(({ Properties }) => Properties['MetricName'] === name);
      expect(
        watching.map(({ Properties }) => Properties['Threshold']),
        name,
      ).toEqual([threshold]);
    }
    expect(described.filter((each) => each.includes('stuck-gates'))).toHaveLength(1);
  });

  test('the budget warns at 80 % spent and when the month will go over', () => {
    const [budget] = of('AWS::Budgets::Budget');
    expect(budget?.Properties['Budget']).toMatchObject({ BudgetLimit: { Amount: 50, Unit: 'USD' } });
    expect(budget?.Properties['NotificationsWithSubscribers']).toMatchObject([
      { Notification: { NotificationType: 'ACTUAL', Threshold: 80 } },
      { Notification: { NotificationType: 'FORECASTED', Threshold: 100 } },
    ]);
  });
});

describe('workflow', () => {
  test('the state machine is the file, and its substitutions are exactly what is passed', () => {
    const [machine] = of('AWS::StepFunctions::StateMachine');
    const text = readFileSync('statemachines/job-lifecycle.asl.json', 'utf8');
    const inFile = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    expect(Object.keys(machine?.Properties['DefinitionSubstitutions'] as object)).toEqual([...inFile]);
    expect(machine?.Properties).toMatchObject({
      StateMachineName: 'kerf-dev-job-lifecycle',
      LoggingConfiguration: { Level: 'ERROR' },
      TracingConfiguration: { Enabled: true },
    });
  });
});

describe('farm', () => {
  test('each rule of Basic Ingest makes the message that functions parse, and has a place for its errors', () => {
    const made: Record<string, unknown> = Object.fromEntries(
      of('AWS::IoT::TopicRule').map(({ Properties }) => [String(Properties['RuleName']), Properties]),
    );
    expect(Object.keys(made).sort()).toEqual(tellings.map((telling) => `kerf_dev_${telling}`).sort());
    for (const rule of tellings)
      expect(made[`kerf_dev_${rule}`], rule).toMatchObject({
        TopicRulePayload: {
          AwsIotSqlVersion: '2016-03-23',
          Sql: `SELECT '${rule}' AS rule, clientid() AS clientId, * AS message FROM 'agent/+'`,
          Actions: [{ Sqs: { UseBase64: false } }],
          ErrorAction: { Sqs: {} },
        },
      });
  });

  test('agents are given the authority that really signs their endpoint', () => {
    const pem = readFileSync('lib/assets/amazon-root-ca-1.pem', 'utf8');
    expect(new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()).toBe(
      '8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e',
    );
  });
});
