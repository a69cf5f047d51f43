import { Aws, Duration } from 'aws-cdk-lib';
import { EventBus, Rule, Schedule, type EventPattern } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { eventSource } from '#contract/events.ts';
import { namesOf, type Installation } from '../installation.ts';
import type { ServiceFunction } from './service-function.ts';

/** Joins functions of kind `bus` and `schedule` to what wakes them; other kinds are wired where their source stands. */
export function wireEvents(
  scope: Construct,
  functions: readonly ServiceFunction[],
  installation: Installation,
): void {
  const names = namesOf(installation.settings);
  const bus = EventBus.fromEventBusArn(scope, 'KerfBus', names.busArn);
  for (const each of functions) {
    const { trigger } = each.spec;
    const targets = each.failures
      ? [
          new LambdaFunction(each.lambda, {
            deadLetterQueue: each.failures,
            maxEventAge: Duration.hours(6),
            retryAttempts: 60,
          }),
        ]
      : [];
    if (trigger.kind === 'schedule')
      new Rule(each, 'Schedule', {
        schedule: Schedule.rate(Duration.minutes(trigger.everyMinutes)),
        targets,
      });
    if (trigger.kind === 'bus')
      new Rule(each, 'Events', {
        // AWS's own events come on the default bus and know no stage: the pattern tells ours apart.
        ...(trigger.source === eventSource ? { eventBus: bus } : {}),
        eventPattern: {
          source: [trigger.source],
          detailType: [...trigger.detailTypes],
          ...detailOf(trigger.source, names),
          account: [Aws.ACCOUNT_ID],
        },
        targets,
      });
  }
}

function detailOf(
  source: string,
  { stateMachineArn, mailSet }: ReturnType<typeof namesOf>,
): Pick<EventPattern, 'detail'> {
  if (source === 'aws.states') return { detail: { stateMachineArn: [stateMachineArn] } };
  if (source === 'aws.ses') return { detail: { mail: { tags: { 'ses:configuration-set': [mailSet] } } } };
  return {};
}
