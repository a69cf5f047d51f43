import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';

/** Host at which this account's devices connect: AWS draws it by lot, and no CloudFormation resource tells it. */
export function iotEndpoint(scope: Construct): string {
  const call = {
    service: 'Iot',
    action: 'DescribeEndpoint',
    parameters: { endpointType: 'iot:Data-ATS' },
    physicalResourceId: PhysicalResourceId.of('iot-data-endpoint'),
  };
  return new AwsCustomResource(scope, 'IotEndpoint', {
    onUpdate: call,
    installLatestAwsSdk: false,
    logGroup: new LogGroup(scope, 'IotEndpointLog', {
      retention: RetentionDays.TWO_WEEKS,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
    policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
  }).getResponseField('endpointAddress');
}
