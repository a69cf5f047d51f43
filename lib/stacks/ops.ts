import { Duration, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import {
  Alarm,
  Color,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  MathExpression,
  Metric,
  TreatMissingData,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { ServiceFunction } from '../constructs/service-function.ts';
import { toldTroubles } from '../constructs/told-troubles.ts';
import type { Settings } from '../settings.ts';

export interface Watched {
  functions: readonly ServiceFunction[];
  /** Queues that ought to be empty. */
  failures: readonly Queue[];
  stateMachine: StateMachine;
  api: CfnApi;
}

const fiveMinutes = Duration.minutes(5);

/** Who watches: alarms with one place to hear of them, one dashboard, a budget. */
export class OpsStack extends Stack {
  private readonly alarms: Topic;

  constructor(scope: Construct, id: string, settings: Settings, watched: Watched) {
    super(scope, id);
    this.alarms = new Topic(this, 'Alarms', { topicName: `kerf-${settings.stage}-alarms`, enforceSSL: true });
    this.alarms.addToResourcePolicy(
      new PolicyStatement({
        principals: [
          new ServicePrincipal('cloudwatch.amazonaws.com'),
          new ServicePrincipal('budgets.amazonaws.com'),
        ],
        actions: ['sns:Publish'],
        resources: [this.alarms.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    if (settings.alarmMail) this.alarms.addSubscription(new EmailSubscription(settings.alarmMail));

    for (const { spec, lambda } of watched.functions) {
      this.alarm(`${spec.name}-errors`, 'fails', lambda.metricErrors({ period: fiveMinutes }), 3);
      this.alarm(
        `${spec.name}-throttles`,
        'is throttled',
        lambda.metricThrottles({ period: fiveMinutes }),
        1,
      );
      if (spec.trigger.kind === 'stream')
        this.alarm(
          `${spec.name}-lag`,
          'is more than a minute behind the stream',
          lambda.metric('IteratorAge', { period: fiveMinutes, statistic: 'Maximum' }),
          60_000,
        );
    }
    for (const queue of watched.failures)
      this.alarm(
        `${queue.node.path.split('/').slice(1).join('-')}-depth`,
        'holds what nobody could handle',
        queue.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes, statistic: 'Maximum' }),
        1,
      );
    const failedExecutions = watched.stateMachine.metricFailed({ period: fiveMinutes });
    this.alarm('executions-failed', 'ended with an error', failedExecutions, 1);
    const ofApi = (metricName: string, statistic = 'Sum') =>
      new Metric({
        namespace: 'AWS/ApiGateway',
        metricName,
        dimensionsMap: { ApiId: watched.api.ref },
        period: fiveMinutes,
        statistic,
      });
    this.alarm('api-5xx', 'answers with server errors', ofApi('5xx'), 5);
    const troubles = this.toldTroubles(settings);
    this.dashboard(settings, watched, { failedExecutions, troubles, ofApi });
    this.budget(settings);
  }

  private alarm(name: string, what: string, metric: IMetric, threshold: number): void {
    new Alarm(this, name, {
      alarmDescription: `Kerf: ${name} ${what}`,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.alarms));
  }

  /** Counts what functions only tell in their logs, and watches the counts. */
  private toldTroubles(settings: Settings): IMetric[] {
    const metricNamespace = `kerf/${settings.stage}`;
    return toldTroubles.map(({ name, functions, words, what, threshold }) => {
      for (const each of functions)
        new MetricFilter(this, `${name}-in-${each}`, {
          logGroup: LogGroup.fromLogGroupName(
            this,
            `${name}-log-of-${each}`,
            `/kerf/${settings.stage}/${each}`,
          ),
          filterPattern: FilterPattern.stringValue('$.message', '=', words),
          metricNamespace,
          metricName: name,
        });
      const metric = new Metric({
        namespace: metricNamespace,
        metricName: name,
        period: fiveMinutes,
        statistic: 'Sum',
      });
      this.alarm(name, what, metric, threshold);
      return metric;
    });
  }

  private dashboard(
    settings: Settings,
    { functions, failures }: Watched,
    {
      failedExecutions,
      troubles,
      ofApi,
    }: {
      failedExecutions: IMetric;
      troubles: IMetric[];
      ofApi: (name: string, statistic?: string) => Metric;
    },
  ): void {
    const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12 });
    const sum = (label: string, metrics: IMetric[], color: string) =>
      new MathExpression({
        label,
        color,
        period: fiveMinutes,
        expression: metrics.map((_, index) => `m${index}`).join(' + '),
        usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
      });
    new Dashboard(this, 'Dashboard', {
      dashboardName: `kerf-${settings.stage}`,
      widgets: [
        [
          graph('Requests', [ofApi('Count'), ofApi('4xx'), ofApi('5xx')]),
          graph('Answer time, p95', [ofApi('Latency', 'p95')]),
        ],
        [
          graph(
            'Errors of functions',
            functions.map(({ lambda, spec }) =>
              lambda.metricErrors({ period: fiveMinutes, label: spec.name }),
            ),
          ),
          graph('Workflows and dead letters', [
            failedExecutions,
            sum(
              'dead letters',
              failures.map((queue) =>
                queue.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes }),
              ),
              Color.RED,
            ),
          ]),
        ],
        [graph('Troubles that functions tell of', troubles)],
      ],
    });
  }

  private budget(settings: Settings): void {
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `kerf-${settings.stage}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: settings.monthlyBudgetUsd, unit: 'USD' },
      },
      notificationsWithSubscribers: (['ACTUAL', 'FORECASTED'] as const).map((notificationType) => ({
        notification: {
          notificationType,
          comparisonOperator: 'GREATER_THAN',
          threshold: notificationType === 'ACTUAL' ? 80 : 100,
          thresholdType: 'PERCENTAGE',
        },
        subscribers: [{ subscriptionType: 'SNS', address: this.alarms.topicArn }],
      })),
    });
  }
}
