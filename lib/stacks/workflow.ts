import { Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnConfigurationSet, CfnConfigurationSetEventDestination } from 'aws-cdk-lib/aws-ses';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { eventSource } from '#contract/events.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import { wireEvents } from '../constructs/triggers.ts';
import { functionsFor } from '../functions.ts';
import { namesOf, type Installation } from '../installation.ts';

/** How one change travels: stream -> relay -> bus -> reactors, and the state machine that wakes and reminds. */
export class WorkflowStack extends Stack {
  readonly functions: readonly ServiceFunction[];
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, installation: Installation, table: ITable) {
    super(scope, id);
    const { settings } = installation;
    const bus = new EventBus(this, 'Bus', { eventBusName: namesOf(settings).bus });
    bus.archive('Archive', {
      archiveName: `kerf-${settings.stage}`,
      eventPattern: { source: [eventSource] },
      retention: Duration.days(settings.durable ? 90 : 7),
    });
    this.functions = functionsFor(this, 'workflow', installation);
    wireEvents(this, this.functions, installation);
    this.wireStream(table);
    this.stateMachine = this.lifecycle(installation);
    this.announceSentMails(namesOf(settings).mailSet);
    for (const each of this.functions) each.node.addDependency(bus);
  }

  private wireStream(table: ITable): void {
    for (const each of this.functions) {
      if (each.spec.trigger.kind !== 'stream' || !each.failures) continue;
      each.lambda.addEventSource(
        new DynamoEventSource(table, {
          startingPosition: StartingPosition.TRIM_HORIZON,
          batchSize: 100,
          parallelizationFactor: 1,
          bisectBatchOnError: true,
          reportBatchItemFailures: true,
          // Most writes concern nobody else: they do not even call the function.
          filters: [
            {
              pattern: JSON.stringify({
                eventName: ['INSERT'],
                dynamodb: { NewImage: { __edb_e__: { S: each.spec.trigger.insertsOf } } },
              }),
            },
          ],
          retryAttempts: 10,
          // The sweep of the outbox finds what was given up.
          maxRecordAge: Duration.hours(6),
          onFailure: new SqsDlq(each.failures),
        }),
      );
    }
  }

  private lifecycle({ settings }: Installation): StateMachine {
    const step = this.functions.find(({ spec }) => spec.trigger.kind === 'workflow-task');
    if (!step) throw new Error('contract/functions.ts: no function takes the tasks of the state machine');
    const role = new Role(this, 'LifecycleRole', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [step.lambda.functionArn] }),
    );
    const stateMachine = new StateMachine(this, 'Lifecycle', {
      stateMachineName: namesOf(settings).stateMachine,
      definitionBody: DefinitionBody.fromFile('statemachines/job-lifecycle.asl.json'),
      definitionSubstitutions: { StepFunction: step.lambda.functionArn },
      role,
      tracingEnabled: true,
      logs: {
        level: LogLevel.ERROR,
        includeExecutionData: false,
        destination: new LogGroup(this, 'LifecycleLog', {
          // AWS demands this prefix once many machines log.
          logGroupName: `/aws/vendedlogs/states/kerf-${settings.stage}-job-lifecycle`,
          retention: settings.durable ? RetentionDays.SIX_MONTHS : RetentionDays.TWO_WEEKS,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      },
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'AWS names no resource for the delivery of logs and traces.',
    });
    Validations.of(stateMachine).acknowledge({
      id: 'AwsSolutions-SF1',
      reason: 'Errors only: the full course of every job is in its events, and inputs hold task tokens.',
    });
    return stateMachine;
  }

  private announceSentMails(name: string): void {
    const set = new CfnConfigurationSet(this, 'MailSet', {
      name,
      reputationOptions: { reputationMetricsEnabled: true },
      deliveryOptions: { tlsPolicy: 'REQUIRE' },
    });
    new CfnConfigurationSetEventDestination(this, 'MailEvents', {
      configurationSetName: set.ref,
      eventDestination: {
        name: 'bus',
        enabled: true,
        matchingEventTypes: ['SEND', 'DELIVERY', 'BOUNCE', 'COMPLAINT', 'REJECT'],
        // SES takes no other bus than the default one.
        eventBridgeDestination: {
          eventBusArn: `arn:aws:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/default`,
        },
      },
    });
  }
}
