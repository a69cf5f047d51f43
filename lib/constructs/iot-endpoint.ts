import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';

/** Host at which this account's devices connect: AWS draws it by lot, and no CloudFormation resource tells it. */
export function iotEndpoint(scope: Construct): string {
  const call = {
    service: 'Iot',
    action: 'DescribeEndpoint',
    parameters: { endpointType: 'iot:Data-ATS' },
    physicalResourceId: PhysicalResourceId.of('iot-data-endpoint'),
  };
  const answer = new AwsCustomResource(scope, 'IotEndpoint', {
    onUpdate: call,
    installLatestAwsSdk: false,
    logGroup: new LogGroup(scope, 'IotEndpointLog', {
      retention: RetentionDays.TWO_WEEKS,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
    policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
  });
  Validations.of(answer).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'iot:DescribeEndpoint is about the account and names no resource.',
  });
  if (Construct.isConstruct(answer.grantPrincipal))
    Validations.of(answer.grantPrincipal).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      reason: "The role of CDK's own function, which writes its log and no more.",
    });
  return answer.getResponseField('endpointAddress');
}
