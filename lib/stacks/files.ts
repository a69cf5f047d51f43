import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { HttpMethods, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { uploadTag } from '#contract/uploads.ts';
import { privateBucket } from '../constructs/private-bucket.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import { functionsFor } from '../functions.ts';
import { namesOf, type Installation } from '../installation.ts';

/** Shops' files, and the check every upload goes through. */
export class FilesStack extends Stack {
  readonly functions: readonly ServiceFunction[];

  constructor(scope: Construct, id: string, installation: Installation) {
    super(scope, id);
    const { settings } = installation;
    const names = namesOf(settings);
    this.functions = functionsFor(this, 'files', installation);

    const bucket = privateBucket(this, 'Files', {
      bucketName: names.bucket,
      versioned: settings.durable,
      removalPolicy: settings.durable ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      cors: [
        {
          allowedMethods: [HttpMethods.POST, HttpMethods.GET],
          allowedOrigins: [installation.environment.PUBLIC_URL],
          allowedHeaders: ['content-type'],
          maxAge: 3600,
        },
      ],
      lifecycleRules: [
        // A week, so that a check that failed for days can still be repeated.
        {
          id: 'uploads never checked',
          tagFilters: { [uploadTag.key]: uploadTag.value },
          expiration: Duration.days(7),
        },
        { id: 'cut-off uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
        ...(settings.durable
          ? [{ id: 'replaced and removed', noncurrentVersionExpiration: Duration.days(30) }]
          : []),
      ],
    });
    const shape = bucket.node.defaultChild as CfnBucket;
    shape.loggingConfiguration = { destinationBucketName: names.accessLogs, logFilePrefix: 'files/' };

    // Declared on the bucket itself: CDK's own way goes through a custom resource.
    const uploads = this.functions.flatMap(({ spec, lambda }) =>
      spec.trigger.kind === 'upload' ? [{ lambda, suffix: spec.trigger.suffix, name: spec.name }] : [],
    );
    shape.notificationConfiguration = {
      lambdaConfigurations: uploads.map(({ lambda, suffix }) => ({
        event: 's3:ObjectCreated:*',
        function: lambda.functionArn,
        filter: { s3Key: { rules: [{ name: 'suffix', value: suffix }] } },
      })),
    };
    for (const { lambda, name } of uploads)
      bucket.node.addDependency(
        new CfnPermission(this, `${name}-permission`, {
          action: 'lambda:InvokeFunction',
          functionName: lambda.functionArn,
          principal: 's3.amazonaws.com',
          sourceAccount: Aws.ACCOUNT_ID,
          sourceArn: names.bucketArn,
        }),
      );
  }
}
