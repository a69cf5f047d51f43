import { Aws } from 'aws-cdk-lib';
import type { Places } from '#contract/rights.ts';
import type { Environment } from './constructs/environment.ts';
import type { Settings } from './settings.ts';

/** What every stack after the first ones is built from. */
export interface Installation {
  settings: Settings;
  places: Places;
  environment: Environment;
}

/**
 * Names fixed beforehand, so that a role can name what another stack makes and no two resources wait for each other.
 * The order of stacks is stated in app.ts.
 */
export function namesOf({ stage }: Settings) {
  const arn = (service: string, rest: string) => `arn:aws:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${rest}`;
  const table = `kerf-${stage}`;
  const bucket = `kerf-${stage}-files-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
  const bus = `kerf-${stage}`;
  const stateMachine = `kerf-${stage}-job-lifecycle`;
  return {
    table,
    tableArn: arn('dynamodb', `table/${table}`),
    bucket,
    bucketArn: `arn:aws:s3:::${bucket}`,
    bus,
    busArn: arn('events', `event-bus/${bus}`),
    stateMachine,
    stateMachineArn: arn('states', `stateMachine:${stateMachine}`),
    accessLogs: `kerf-${stage}-access-logs-${Aws.ACCOUNT_ID}-${Aws.REGION}`,
    browserAuthorizer: `kerf-${stage}-browser`,
    agentPolicy: `kerf-${stage}-agent`,
    /** Names of IoT rules know no dash. */
    agentRules: `kerf_${stage}`,
    mailSet: `kerf-${stage}`,
    stripeSecret: `/kerf/${stage}/stripe/secret`,
    stripeWebhookSecret: `/kerf/${stage}/stripe/webhook-secret`,
  };
}

/** What AWS names itself. */
export interface Generated {
  userPoolId: string;
  userPoolClientId: string;
  sessionKeyId: string;
  sessionKeyArn: string;
  publicUrl: string;
  iotEndpoint: string;
  agentAuthority: string;
}

export function installationOf(settings: Settings, made: Generated): Installation {
  const names = namesOf(settings);
  const identity = `https://cognito-idp.${Aws.REGION}.amazonaws.com`;
  return {
    settings,
    places: {
      region: Aws.REGION,
      account: Aws.ACCOUNT_ID,
      tableArn: names.tableArn,
      bucketArn: names.bucketArn,
      busArn: names.busArn,
      stateMachineArn: names.stateMachineArn,
      sessionKeyArn: made.sessionKeyArn,
      mailFrom: settings.mailFrom,
      mailSet: names.mailSet,
      agentPolicy: names.agentPolicy,
      stripeParameters: [names.stripeSecret, names.stripeWebhookSecret],
    },
    environment: {
      TABLE_NAME: names.table,
      CALLS_PER_MINUTE: String(settings.callsPerMinute),
      FIRST_PLAN: settings.firstPlan,
      BUCKET_NAME: names.bucket,
      BUS_NAME: names.bus,
      STATE_MACHINE_ARN: names.stateMachineArn,
      USER_POOL_ISSUER: `${identity}/${made.userPoolId}`,
      USER_POOL_CLIENT_ID: made.userPoolClientId,
      IDENTITY_ENDPOINT: settings.identityEndpoint ?? identity,
      SESSION_KEY_ID: made.sessionKeyId,
      MAIL_FROM: settings.mailFrom,
      MAIL_SET: names.mailSet,
      PUBLIC_URL: settings.publicUrl ?? made.publicUrl,
      LIVE_URL: `wss://${made.iotEndpoint}/mqtt?x-amz-customauthorizer-name=${names.browserAuthorizer}`,
      AGENT_ENDPOINT: `${made.iotEndpoint}:8883`,
      AGENT_AUTHORITY: made.agentAuthority,
      AGENT_POLICY: names.agentPolicy,
      AGENT_RULES: names.agentRules,
      STRIPE_SECRET_PARAMETER: names.stripeSecret,
      STRIPE_WEBHOOK_SECRET_PARAMETER: names.stripeWebhookSecret,
      STRIPE_URL: settings.stripeUrl,
    },
  };
}
