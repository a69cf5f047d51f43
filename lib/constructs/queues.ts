import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Settings } from '../settings.ts';

const secure = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };

/** Where things end up that could not be handled; kept as long as SQS keeps anything. An alarm watches each. */
export function deadLetters(scope: Construct, id: string, name: string, settings: Settings): Queue {
  const queue = new Queue(scope, id, {
    ...secure,
    queueName: `kerf-${settings.stage}-${name}`,
    retentionPeriod: Duration.days(14),
    removalPolicy: settings.durable ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is a dead-letter queue itself: of a function, an event rule or a stream.',
  });
  return queue;
}

/** Work waiting for a function of that timeout; after five tries a message goes to `failures`. */
export const workQueue = (
  scope: Construct,
  id: string,
  name: string,
  timeoutSeconds: number,
  failures: Queue,
  settings: Settings,
): Queue =>
  new Queue(scope, id, {
    ...secure,
    queueName: `kerf-${settings.stage}-${name}`,
    retentionPeriod: Duration.days(4),
    // AWS asks for six times the function's timeout.
    visibilityTimeout: Duration.seconds(timeoutSeconds * 6),
    deadLetterQueue: { queue: failures, maxReceiveCount: 5 },
  });
