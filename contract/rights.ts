/**
 * What functions may do, as IAM statements: one source for the roles of the stacks (lib) and for the services of the embedded cloud
 * (local), which refuse what AWS would refuse. A function has two roles. Its own reaches what belongs to no shop; rows, objects and
 * topics of shops are reached only by its shop role, assumed with the session tag that every one of its statements names.
 */
import type { Access } from './functions.ts';

export interface Statement {
  Effect: 'Allow';
  Action: readonly string[];
  Resource: readonly string[];
  Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

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

/** The session tag that says for which shop a shop role is assumed. */
export const shopTag = 'shopId';
const taggedShop = `\${aws:PrincipalTag/${shopTag}}`;

const reads = ['dynamodb:GetItem', 'dynamodb:Query'];
const writes = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
];

const allow = (
  Action: readonly string[],
  Resource: readonly string[],
  Condition?: Statement['Condition'],
): Statement => ({ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });

/** `ForAllValues` also holds when the key is absent (a scan), hence the second condition. */
const leadingKeys = (patterns: readonly string[]): NonNullable<Statement['Condition']> => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

/** What only the shop role may: everything by which functions reach into a shop. */
const shopAccess = ['table', 'files', 'iot-publish'] as const satisfies readonly Access[];
type ShopAccess = (typeof shopAccess)[number];
const isShopAccess = (access: Access): access is ShopAccess =>
  (shopAccess as readonly Access[]).includes(access);

/** Whether a function reaches into shops, and so has a shop role. */
export const reachesShops = (access: readonly Access[]): boolean => access.some(isShopAccess);

/**
 * The statements of a function's shop role. Rows of the directory stand beside those of the shop, for one transaction may hold
 * both; which shop a directory row leads to is the repositories' care.
 */
export function shopStatements(access: readonly Access[], places: Places): Statement[] {
  return access.filter(isShopAccess).flatMap((each) => {
    switch (each) {
      case 'table':
        return [
          allow(
            [...reads, ...writes],
            [places.tableArn, `${places.tableArn}/index/gsi*`],
            leadingKeys([`SHOP#${taggedShop}#*`]),
          ),
          ...(access.includes('directory')
            ? [allow(writes, [places.tableArn], leadingKeys([`SHOP#${taggedShop}#*`, 'DIR#*']))]
            : []),
        ];
      case 'files':
        return [
          allow(
            ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
            [`${places.bucketArn}/t/${taggedShop}/*`],
          ),
          // Uploads are posted with the tag by which they expire.
          allow(['s3:PutObjectTagging'], [`${places.bucketArn}/t/${taggedShop}/quarantine/*`]),
          // To tell "gone" from "denied": without the right to list, S3 answers 403 for both.
          allow(['s3:ListBucket'], [places.bucketArn], {
            StringLike: { 's3:prefix': [`t/${taggedShop}/*`] },
          }),
        ];
      case 'iot-publish':
        return [
          allow(
            ['iot:Publish'],
            [`arn:aws:iot:${places.region}:${places.account}:topic/shop/${taggedShop}/*`],
          ),
        ];
    }
  });
}

/** Exactly one tag, and it names a shop: `?` is one character, and no tag holds a wildcard. */
const shopTagged: NonNullable<Statement['Condition']> = {
  StringLike: { [`aws:RequestTag/${shopTag}`]: [`shop_${'?'.repeat(26)}`] },
  'ForAllValues:StringEquals': { 'aws:TagKeys': [shopTag] },
};
export const assuming = { actions: ['sts:AssumeRole', 'sts:TagSession'], condition: shopTagged } as const;

/** Lets a function's own role assume its shop role for one shop at a time. */
export const assumeStatement = (shopRoleArn: string): Statement =>
  allow(assuming.actions, [shopRoleArn], assuming.condition);

/** The statements of a function's own role, all but the assuming of its shop role. None reaches a row or an object of a shop. */
export function ownStatements(access: readonly Access[], places: Places): Statement[] {
  return access.flatMap((each) => (isShopAccess(each) ? [] : ownStatementsOf(each, access, places)));
}

function ownStatementsOf(
  each: Exclude<Access, ShopAccess>,
  access: readonly Access[],
  places: Places,
): Statement[] {
  const arn = (service: string, rest: string) =>
    `arn:aws:${service}:${places.region}:${places.account}:${rest}`;
  switch (each) {
    case 'directory':
      // Who only asks who is who (the authorizer) writes nothing.
      return [
        allow(
          access.includes('table') ? [...reads, ...writes] : reads,
          [places.tableArn],
          leadingKeys(['DIR#*']),
        ),
        // Who works for a shop.
        allow(['dynamodb:Query'], [`${places.tableArn}/index/gsi1`], leadingKeys(['DIR#STAFF#*'])),
      ];
    case 'system-index':
      return [allow(['dynamodb:Query'], [`${places.tableArn}/index/system`], leadingKeys(['SYS#*']))];
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
    case 'shop-removal':
      return [
        // Secrets that open something of the shop that is deleted.
        allow(['dynamodb:Query'], [`${places.tableArn}/index/gsi1`], leadingKeys(['DIR#LINKS#*'])),
        allow(['iot:DeleteThing'], [arn('iot', 'thing/agt_*')]),
        allow(['iot:DeleteCertificate'], [arn('iot', 'cert/*')]),
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
