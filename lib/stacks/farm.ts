import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAuthorizer, CfnPolicy, CfnTopicRule } from 'aws-cdk-lib/aws-iot';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { agentPolicyDocument, ruleName, type Telling } from '#contract/mqtt.ts';
import { deadLetters, workQueue } from '../constructs/queues.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import { wireEvents } from '../constructs/triggers.ts';
import { functionsFor } from '../functions.ts';
import { namesOf, type Installation } from '../installation.ts';

/** Machines: one policy for all agents, what they publish to its function, and the door for browsers. */
export class FarmStack extends Stack {
  readonly functions: readonly ServiceFunction[];
  /** Messages that neither rule nor function could handle. */
  readonly failures: Queue;

  constructor(scope: Construct, id: string, installation: Installation) {
    super(scope, id);
    const { settings } = installation;
    const { agentPolicy, agentRules } = namesOf(settings);
    new CfnPolicy(this, 'AgentPolicy', {
      policyName: agentPolicy,
      policyDocument: agentPolicyDocument(Aws.REGION, Aws.ACCOUNT_ID, agentRules),
    });
    this.functions = functionsFor(this, 'farm', installation);
    this.failures = deadLetters(this, 'Failures', 'ingest-failures', settings);
    wireEvents(this, this.functions, installation);
    for (const each of this.functions) {
      const { trigger } = each.spec;
      if (trigger.kind === 'mqtt-rule') this.wireRule(each, trigger.rule, installation);
      if (trigger.kind === 'mqtt-authorizer') this.wireAuthorizer(each, installation);
    }
  }

  /** Basic Ingest -> queue -> function; what the rule can not deliver goes to the failures. */
  private wireRule(to: ServiceFunction, rule: Telling, { settings }: Installation): void {
    const queue = workQueue(to, 'Queue', to.spec.name, to.spec.timeoutSeconds, this.failures, settings);
    const role = new Role(to, 'RuleRole', { assumedBy: new ServicePrincipal('iot.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn, this.failures.queueArn],
      }),
    );
    const into = (target: Queue) => ({
      sqs: { queueUrl: target.queueUrl, roleArn: role.roleArn, useBase64: false },
    });
    new CfnTopicRule(to, 'Rule', {
      ruleName: ruleName(namesOf(settings).agentRules, rule),
      topicRulePayload: {
        awsIotSqlVersion: '2016-03-23',
        // The policy makes the client id the thing's name, so it says who speaks; the message does not.
        sql: `SELECT '${rule}' AS rule, clientid() AS clientId, * AS message FROM 'agent/+'`,
        actions: [into(queue)],
        errorAction: into(this.failures),
        ruleDisabled: false,
      },
    });
    to.lambda.addEventSource(
      new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 20 }),
    );
  }

  /** Tokens are not signed for AWS: the function itself verifies the pass our API signed. */
  private wireAuthorizer(to: ServiceFunction, { settings }: Installation): void {
    const authorizer = new CfnAuthorizer(to, 'Authorizer', {
      authorizerName: namesOf(settings).browserAuthorizer,
      authorizerFunctionArn: to.lambda.functionArn,
      signingDisabled: true,
      enableCachingForHttp: false,
      status: 'ACTIVE',
    });
    new CfnPermission(to, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: to.lambda.functionArn,
      principal: 'iot.amazonaws.com',
      sourceArn: authorizer.attrArn,
    });
  }
}
