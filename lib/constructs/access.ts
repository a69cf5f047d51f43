import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Access } from '#contract/functions.ts';

/** Names and ARNs of everything functions may touch. */
export interface Places {
  region: string;
  account: string;
  tableArn: string;
  bucketArn: string;
  busArn: string;
  stateMachineArn: string;
  sessionKeyArn: string;
  mailFrom: string;
  mailSet: string;
  agentPolicy: string;
  stripeParameters: readonly string[];
}

const reads = ['dynamodb:GetItem', 'dynamodb:Query'];
const writes = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
];

/** `ForAllValues` also holds when the key is absent (a scan), hence the second condition. */
const leadingKeys = (prefixes: readonly string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': prefixes.map((prefix) => `${prefix}#*`) },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

/**
 * The statements of one function's role. Rows of shops and of the directory share a statement, for one transaction may hold both;
 * the directory alone (the authorizer) is read only.
 */
export function statements(access: readonly Access[], places: Places): PolicyStatement[] {
  const prefixes = [
    ...(access.includes('table') ? ['SHOP'] : []),
    ...(access.includes('directory') ? ['DIR'] : []),
  ];
  const rows =
    prefixes.length === 0
      ? []
      : [
          new PolicyStatement({
            actions: access.includes('table') ? [...reads, ...writes] : reads,
            resources: [
              places.tableArn,
              ...(access.includes('table') ? [`${places.tableArn}/index/gsi*`] : []),
            ],
            conditions: leadingKeys(prefixes),
          }),
        ];
  return [...rows, ...access.flatMap((each) => otherStatements(each, places))];
}

function otherStatements(access: Access, places: Places): PolicyStatement[] {
  const allow = (actions: string[], resources: string[], conditions = {}) =>
    new PolicyStatement({ actions, resources, conditions });
  const arn = (service: string, rest: string) =>
    `arn:aws:${service}:${places.region}:${places.account}:${rest}`;
  switch (access) {
    case 'table':
    case 'directory':
      return [];
    case 'system-index':
      return [allow(['dynamodb:Query'], [`${places.tableArn}/index/system`], leadingKeys(['SYS']))];
    case 'files':
      return [
        allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [`${places.bucketArn}/t/*`]),
        // Uploads are posted with the tag by which they expire.
        allow(['s3:PutObjectTagging'], [`${places.bucketArn}/t/*/quarantine/*`]),
        // Without it S3 answers "access denied" where an object is gone, and a repeated event would fail for ever.
        allow(['s3:ListBucket'], [places.bucketArn]),
      ];
    case 'mail':
      return [
        allow(
          ['ses:SendEmail'],
          [
            arn('ses', `identity/${places.mailFrom}`),
            arn('ses', `identity/${places.mailFrom.split('@')[1] ?? ''}`),
            arn('ses', `configuration-set/${places.mailSet}`),
          ],
          { StringEquals: { 'ses:FromAddress': places.mailFrom } },
        ),
      ];
    case 'bus':
      return [allow(['events:PutEvents'], [places.busArn])];
    case 'workflow':
      return [
        allow(
          ['states:StartExecution', 'states:SendTaskSuccess', 'states:SendTaskFailure'],
          [places.stateMachineArn],
        ),
        allow(
          ['states:DescribeExecution', 'states:StopExecution'],
          [`${places.stateMachineArn.replace(':stateMachine:', ':execution:')}:*`],
        ),
      ];
    case 'iot-publish':
      return [allow(['iot:Publish'], [arn('iot', 'topic/shop/*')])];
    case 'iot-enrol':
      return [
        // A certificate that does not exist yet has no ARN.
        allow(['iot:CreateCertificateFromCsr'], ['*']),
        allow(['iot:CreateThing'], [arn('iot', 'thing/agt_*')]),
        allow(['iot:AttachThingPrincipal'], [arn('iot', 'thing/agt_*'), arn('iot', 'cert/*')]),
        allow(['iot:AttachPolicy'], [arn('iot', 'cert/*'), arn('iot', `policy/${places.agentPolicy}`)]),
      ];
    case 'iot-retire':
      return [
        allow(['iot:UpdateCertificate'], [arn('iot', 'cert/*')]),
        allow(['iot:DetachThingPrincipal'], [arn('iot', 'thing/agt_*'), arn('iot', 'cert/*')]),
        allow(['iot:DetachPolicy'], [arn('iot', 'cert/*'), arn('iot', `policy/${places.agentPolicy}`)]),
      ];
    case 'session-sign':
      return [
        allow(['kms:Sign'], [places.sessionKeyArn], {
          StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256', 'kms:MessageType': 'RAW' },
        }),
      ];
    case 'session-verify':
      return [allow(['kms:GetPublicKey'], [places.sessionKeyArn])];
    case 'stripe':
      return [
        allow(
          ['ssm:GetParameter'],
          places.stripeParameters.map((name) => arn('ssm', `parameter${name}`)),
        ),
      ];
  }
}

/** The wildcards among the statements of an access, as cdk-nag writes them, and why each is as narrow as it gets. */
export function wildcards(
  access: Access,
  { stage }: { stage: string },
): { resource: string; reason: string }[] {
  const arn = (service: string, rest: string) => `arn:aws:${service}:<AWS::Region>:<AWS::AccountId>:${rest}`;
  switch (access) {
    case 'table':
      return [
        {
          resource: arn('dynamodb', `table/kerf-${stage}/index/gsi*`),
          reason: 'All indexes of shops and not the system index; leading keys are fenced by a condition.',
        },
      ];
    case 'files':
      return [
        {
          resource: `arn:aws:s3:::kerf-${stage}-files-<AWS::AccountId>-<AWS::Region>/t/*`,
          reason: "Objects of all shops: which shop's is known per request only.",
        },
        {
          resource: `arn:aws:s3:::kerf-${stage}-files-<AWS::AccountId>-<AWS::Region>/t/*/quarantine/*`,
          reason: "Uploads of all shops: which shop's is known per request only.",
        },
      ];
    case 'workflow':
      return [
        {
          resource: arn('states', `execution:kerf-${stage}-job-lifecycle:*`),
          reason: 'Executions of this one machine; each job has its own.',
        },
      ];
    case 'iot-publish':
      return [{ resource: arn('iot', 'topic/shop/*'), reason: 'Topics of shops, their agents and pages.' }];
    case 'iot-enrol':
    case 'iot-retire':
      return [
        { resource: arn('iot', 'thing/agt_*'), reason: 'Agents get their names when they enrol.' },
        { resource: arn('iot', 'cert/*'), reason: 'AWS draws the ids of certificates.' },
      ];
    case 'directory':
    case 'system-index':
    case 'mail':
    case 'bus':
    case 'session-sign':
    case 'session-verify':
    case 'stripe':
      return [];
  }
}
