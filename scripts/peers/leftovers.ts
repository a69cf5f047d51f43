import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListEventBusesCommand } from '@aws-sdk/client-eventbridge';
import { IoTClient, ListPoliciesCommand, ListTopicRulesCommand } from '@aws-sdk/client-iot';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { EmulatorClient } from '../emulator/deployment.ts';

/** Names of what still stands of a stage: stacks, and what they made that lists itself. */
export async function leftovers(client: EmulatorClient, stage: string): Promise<string[]> {
  const stacks = await fetch(client.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=${client.credentials.accessKeyId}/20260101/${client.region}/cloudformation/aws4_request`,
    },
    body: 'Action=DescribeStacks&Version=2010-05-15',
  });
  const stackNames = (await stacks.text()).matchAll(/<StackName>([^<]+)<\/StackName>/g);
  const { Buckets = [] } = await new S3Client(client).send(new ListBucketsCommand({}));
  const { TableNames = [] } = await new DynamoDBClient(client).send(new ListTablesCommand({}));
  const { stateMachines = [] } = await new SFNClient(client).send(new ListStateMachinesCommand({}));
  const { EventBuses = [] } = await new EventBridgeClient(client).send(new ListEventBusesCommand({}));
  const { policies = [] } = await new IoTClient(client).send(new ListPoliciesCommand({}));
  const { rules = [] } = await new IoTClient(client).send(new ListTopicRulesCommand({}));
  return [
    ...[...stackNames].map(([, name]) => `stack ${name ?? ''}`),
    ...Buckets.map(({ Name }) => `bucket ${Name ?? ''}`),
    ...TableNames.map((name) => `table ${name}`),
    ...stateMachines.map(({ name }) => `state machine ${name ?? ''}`),
    ...EventBuses.map(({ Name }) => `bus ${Name ?? ''}`),
    ...policies.map(({ policyName }) => `IoT policy ${policyName ?? ''}`),
    ...rules.map(({ ruleName }) => `IoT rule ${ruleName ?? ''}`),
  ].filter((name) => / kerf[-_]/.test(name) && name.includes(stage));
}
