import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Settings } from '../settings.ts';

const managed = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
];

/**
 * CloudFront's firewall. AWS takes it in us-east-1 only: an installation there has this stack; any other one is given the ARN of a
 * web ACL made there (`-c webAclArn=...`).
 */
export class FirewallStack extends Stack {
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const visible = (metricName: string) => ({
      cloudWatchMetricsEnabled: true,
      metricName,
      sampledRequestsEnabled: true,
    });
    const bytes = (fieldToMatch: object, positionalConstraint: string, searchString: string) => ({
      byteMatchStatement: {
        fieldToMatch,
        positionalConstraint,
        searchString,
        textTransformations: [{ priority: 0, type: 'NONE' }],
      },
    });
    const webAcl = new CfnWebACL(this, 'WebAcl', {
      name: `kerf-${settings.stage}`,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visible(`kerf-${settings.stage}`),
      rules: [
        ...managed.map((name, priority) => ({
          name,
          priority,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name,
              // Price books and CSRs are longer than the 8 KB it allows a body; the contract bounds ours.
              ...(name === 'AWSManagedRulesCommonRuleSet'
                ? { ruleActionOverrides: [{ name: 'SizeRestrictions_BODY', actionToUse: { count: {} } }] }
                : {}),
            },
          },
          visibilityConfig: visible(name),
        })),
        {
          name: 'TooManyOfOneAddress',
          priority: managed.length,
          action: { block: {} },
          statement: {
            rateBasedStatement: { aggregateKeyType: 'IP', limit: 3000, evaluationWindowSec: 300 },
          },
          visibilityConfig: visible('TooManyOfOneAddress'),
        },
        {
          // Shops, sessions, codes and agents are made by people: nobody needs a hundred in five minutes.
          name: 'TooManyNewcomersOfOneAddress',
          priority: managed.length + 1,
          action: { block: {} },
          statement: {
            rateBasedStatement: {
              aggregateKeyType: 'IP',
              limit: 100,
              evaluationWindowSec: 300,
              scopeDownStatement: {
                andStatement: {
                  statements: [
                    bytes({ method: {} }, 'EXACTLY', 'POST'),
                    {
                      orStatement: {
                        statements: [
                          bytes({ uriPath: {} }, 'STARTS_WITH', '/v1/portal/'),
                          bytes({ uriPath: {} }, 'EXACTLY', '/v1/shops'),
                          bytes({ uriPath: {} }, 'EXACTLY', '/v1/agents'),
                        ],
                      },
                    },
                  ],
                },
              },
            },
          },
          visibilityConfig: visible('TooManyNewcomersOfOneAddress'),
        },
      ],
    });
    this.webAclArn = webAcl.attrArn;
    new CfnOutput(this, 'WebAclArn', { value: this.webAclArn });
  }
}
