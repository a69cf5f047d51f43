import { Duration, Stack, Validations } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct, IConstruct } from 'constructs';

/** Puts the built pages in place: documents are asked for anew each time, all else carries its hash in its name. */
export function deployPages(
  scope: Construct,
  folder: string,
  site: Bucket,
  distribution: IDistribution,
): void {
  const documents = '*.html';
  const common = {
    sources: [Source.asset(folder)],
    destinationBucket: site,
    // Pages that are open still ask for the files they came with.
    prune: false,
  };
  const assets = new BucketDeployment(scope, 'Assets', {
    ...common,
    exclude: [documents],
    cacheControl: [CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
  });
  const pages = new BucketDeployment(scope, 'Documents', {
    ...common,
    exclude: ['*'],
    include: [documents],
    cacheControl: [CacheControl.noCache()],
    distribution,
    distributionPaths: ['/index.html', '/portal.html'],
  });
  pages.node.addDependency(assets);

  const role = assets.handlerRole;
  const siteId = Stack.of(site).getLogicalId(site.node.defaultChild as CfnBucket);
  const acknowledge = (construct: IConstruct, reason: string, ...ids: string[]) => {
    for (const id of ids) Validations.of(construct).acknowledge({ id, reason });
  };
  acknowledge(
    role,
    "The function CDK brings to copy assets; its rights are CDK's, bounded to the assets' and the site's bucket.",
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    ...['GetObject', 'GetBucket', 'List', 'DeleteObject', 'Abort'].map(
      (action) => `AwsSolutions-IAM5[Action::s3:${action}*]`,
    ),
    'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]',
    `AwsSolutions-IAM5[Resource::<${siteId}.Arn>/*]`,
  );
  acknowledge(
    role,
    "CDK's function invalidates distributions, and CDK names none.",
    'AwsSolutions-IAM5[Resource::*]',
  );
  if (role.node.scope)
    acknowledge(role.node.scope, 'CDK chooses the runtime of its own function.', 'AwsSolutions-L1');
}
