import type { Ports } from './engine/ports.ts';
import type { Places } from '#contract/rights.ts';
import type { PlanName } from '#domain/platform/plan.ts';
import { TABLE } from '#contract/table.ts';
import { ACCOUNT, REGION, arn } from './engine/names.ts';

/** Name of the one bucket. */
export const bucketName = 'kerf-files';
export const busName = 'kerf';
export const stateMachineName = 'job-lifecycle';
export const userPoolId = `${REGION}_kerflocal`;
export const userPoolClientId = 'kerflocalwebclient0000001';
export const agentPolicyName = 'kerf-agent';
export const agentRules = 'kerf';
export const mailSet = 'kerf';
export const mailFrom = 'no-reply@kerf.example';
export const accessKeyId = 'AKIAKERFLOCAL0000000';
/** Of whoever runs this cloud. */
export const operatorKeyId = 'AKIAKERFOPERATOR0000';
export const shopRoleArn = `arn:aws:iam::${ACCOUNT}:role/kerf-shop`;
export const parameters = {
  stripeSecret: '/kerf/stripe/secret-key',
  stripeWebhookSecret: '/kerf/stripe/webhook-secret',
};

const services = [
  'STS',
  'KMS',
  'SSM',
  'SESV2',
  'SFN',
  'EVENTBRIDGE',
  'IOT',
  'IOT_DATA_PLANE',
  'COGNITO_IDENTITY_PROVIDER',
] as const;

/** What the policies of the roles name. */
export const places = (sessionKeyId: string): Places => ({
  region: REGION,
  account: ACCOUNT,
  tableArn: arn('dynamodb', `table/${TABLE.name}`),
  bucketArn: `arn:aws:s3:::${bucketName}`,
  busArn: arn('events', `event-bus/${busName}`),
  stateMachineArn: arn('states', `stateMachine:${stateMachineName}`),
  sessionKeyArn: arn('kms', `key/${sessionKeyId}`),
  mailFrom,
  mailSet,
  agentPolicy: agentPolicyName,
  stripeParameters: Object.values(parameters),
});

export const localUrl = (port: number): string => `http://127.0.0.1:${port}`;

/** What the cloud would set on every function, and where the SDK finds the embedded services. */
export function functionEnvironment(
  ports: Ports,
  secrets: { secretAccessKey: string; sessionKeyId: string; authorityPem: string },
  allowances: { callsPerMinute: number; firstPlan: PlanName },
): Record<string, string> {
  const aws = localUrl(ports.aws);
  return {
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secrets.secretAccessKey,
    ...Object.fromEntries(services.map((name) => [`AWS_ENDPOINT_URL_${name}`, aws])),
    AWS_ENDPOINT_URL_S3: localUrl(ports.s3),
    AWS_ENDPOINT_URL_DYNAMODB: localUrl(ports.dynamodb),
    SHOP_ROLE_ARN: shopRoleArn,
    TABLE_NAME: TABLE.name,
    CALLS_PER_MINUTE: String(allowances.callsPerMinute),
    FIRST_PLAN: allowances.firstPlan,
    BUCKET_NAME: bucketName,
    BUS_NAME: busName,
    STATE_MACHINE_ARN: `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${stateMachineName}`,
    USER_POOL_ISSUER: `${aws}/${userPoolId}`,
    USER_POOL_CLIENT_ID: userPoolClientId,
    IDENTITY_ENDPOINT: aws,
    SESSION_KEY_ID: secrets.sessionKeyId,
    MAIL_FROM: mailFrom,
    MAIL_SET: mailSet,
    PUBLIC_URL: localUrl(ports.web),
    LIVE_URL: `ws://127.0.0.1:${ports.web}/mqtt`,
    AGENT_ENDPOINT: `127.0.0.1:${ports.agents}`,
    AGENT_AUTHORITY: secrets.authorityPem,
    AGENT_POLICY: agentPolicyName,
    AGENT_RULES: agentRules,
    STRIPE_SECRET_PARAMETER: parameters.stripeSecret,
    STRIPE_WEBHOOK_SECRET_PARAMETER: parameters.stripeWebhookSecret,
    STRIPE_URL: localUrl(ports.payments),
    POWERTOOLS_LOG_LEVEL: process.env['POWERTOOLS_LOG_LEVEL'] ?? 'ERROR',
  };
}
