import { Aws, CfnOutput, Duration, Fn, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnApi, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { namesOf } from '../installation.ts';
import { deployPages } from '../constructs/pages.ts';
import { privateBucket } from '../constructs/private-bucket.ts';
import type { Settings } from '../settings.ts';

/** Addresses of pages become the two documents: the portal of a shop's customers, and the shop's own pages. */
const pageOf = `function handler(event) {
  var request = event.request;
  if (!/\\.[a-z0-9]+$/i.test(request.uri)) request.uri = request.uri.indexOf('/p/') === 0 ? '/portal.html' : '/index.html';
  return request;
}`;

/**
 * The one public address: pages from a private bucket, and the API behind `/v1` of the same origin, so that no page needs
 * CORS. The gateway itself stands here, without routes: functions know the public address, and so it can not wait for them.
 */
export class WebStack extends Stack {
  readonly api: CfnApi;
  readonly apiStage: CfnStage;
  readonly publicUrl: string;

  constructor(
    scope: Construct,
    id: string,
    settings: Settings,
    { webAclArn, pages }: { webAclArn: string | undefined; pages: string | undefined },
  ) {
    super(scope, id);
    const { api, stage } = this.gateway(settings);
    this.api = api;
    this.apiStage = stage;

    const removal = settings.durable
      ? { removalPolicy: RemovalPolicy.RETAIN }
      : { removalPolicy: RemovalPolicy.DESTROY };
    const logs = privateBucket(this, 'AccessLogs', {
      bucketName: namesOf(settings).accessLogs,
      // CloudFront's standard logs are still written by ACL.
      objectOwnership: ObjectOwnership.OBJECT_WRITER,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      ...removal,
    });
    const site = privateBucket(this, 'Site', {
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'site/',
      ...removal,
    });
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: `kerf ${settings.stage}`,
      defaultRootObject: 'index.html',
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      logBucket: logs,
      logFilePrefix: 'distribution/',
      ...(webAclArn ? { webAclId: webAclArn } : {}),
      ...(settings.host && settings.certificateArn
        ? {
            domainNames: [settings.host],
            minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
            certificate: Certificate.fromCertificateArn(this, 'Certificate', settings.certificateArn),
          }
        : {}),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(site),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: this.securityHeaders(settings),
        functionAssociations: [
          {
            eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
            function: new cloudfront.Function(this, 'PageOf', {
              code: cloudfront.FunctionCode.fromInline(pageOf),
              runtime: cloudfront.FunctionRuntime.JS_2_0,
            }),
          },
        ],
      },
      additionalBehaviors: {
        '/v1/*': {
          origin: new HttpOrigin(`${api.ref}.execute-api.${Aws.REGION}.amazonaws.com`),
          viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
          cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
          originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
      },
    });
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: "Shops' customers may be anywhere." },
      ...(settings.certificateArn
        ? []
        : [
            {
              id: 'AwsSolutions-CFR4',
              reason:
                "CloudFront's own name comes with its own TLS policy; with a host of its own it is TLS 1.2.",
            },
          ]),
      ...(webAclArn
        ? []
        : [
            {
              id: 'AwsSolutions-CFR2',
              reason:
                'A web ACL for CloudFront lives in us-east-1; elsewhere its ARN is a setting (firewall.ts).',
            },
          ]),
    );
    this.publicUrl = `https://${settings.host ?? distribution.distributionDomainName}`;
    if (pages) deployPages(this, pages, site, distribution);
    new CfnOutput(this, 'PublicUrl', { value: this.publicUrl });
    new CfnOutput(this, 'ApiId', { value: api.ref });
    new CfnOutput(this, 'SiteBucket', { value: site.bucketName });
  }

  private gateway(settings: Settings): { api: CfnApi; stage: CfnStage } {
    const log = new LogGroup(this, 'ApiLog', {
      logGroupName: `/kerf/${settings.stage}/api-access`,
      retention: settings.durable ? RetentionDays.SIX_MONTHS : RetentionDays.TWO_WEEKS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const api = new CfnApi(this, 'Api', {
      name: `kerf-${settings.stage}`,
      protocolType: 'HTTP',
      description: 'Kerf; routes come from the contract',
    });
    const stage = new CfnStage(this, 'ApiStage', {
      apiId: api.ref,
      stageName: '$default',
      autoDeploy: true,
      defaultRouteSettings: {
        throttlingBurstLimit: 400,
        throttlingRateLimit: 200,
        detailedMetricsEnabled: true,
      },
      accessLogSettings: {
        destinationArn: log.logGroupArn,
        format: JSON.stringify({
          requestId: '$context.requestId',
          at: '$context.requestTime',
          route: '$context.routeKey',
          status: '$context.status',
          milliseconds: '$context.responseLatency',
          bytes: '$context.responseLength',
          address: '$context.identity.sourceIp',
          error: '$context.integrationErrorMessage',
        }),
      },
    });
    return { api, stage };
  }

  private securityHeaders(settings: Settings): cloudfront.ResponseHeadersPolicy {
    const { bucket } = namesOf(settings);
    const upload = Fn.join('', ['https://', bucket, '.s3.', Aws.REGION, '.amazonaws.com']);
    const connect = `'self' https://cognito-idp.${Aws.REGION}.amazonaws.com wss://*.iot.${Aws.REGION}.amazonaws.com ${upload}`;
    return new cloudfront.ResponseHeadersPolicy(this, 'SecurityHeaders', {
      responseHeadersPolicyName: `kerf-${settings.stage}-pages`,
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          override: true,
          contentSecurityPolicy: [
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            `img-src 'self' data: blob: ${upload}`,
            `connect-src ${connect}`,
            // The sample of a letterhead is shown beside its form.
            `frame-src ${upload}`,
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
          ].join('; '),
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: cloudfront.HeadersFrameOption.DENY, override: true },
        referrerPolicy: {
          referrerPolicy: cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
          override: true,
        },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
      },
    });
  }
}
