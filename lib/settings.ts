import { existsSync } from 'node:fs';
import type { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { planName } from '#contract/views/platform.ts';

/**
 * What one installation is told from outside (`cdk deploy --all -c stage=prod -c mailFrom=...`).
 * Everything carries the stage in its name, so that one account and region hold several.
 */
const settings = z.object({
  stage: z.string().regex(/^[a-z][a-z0-9]{1,11}$/, 'stage: 2 to 12 lower-case letters and digits'),
  /** Address mails come from; SES must know it or its domain as a verified identity. */
  mailFrom: z.email(),
  /** Host of the web pages with its certificate (in us-east-1); CloudFront's own name without them. */
  host: z.string().optional(),
  certificateArn: z.string().startsWith('arn:').optional(),
  /** Web ACL for CloudFront when the installation is not in us-east-1, where its own firewall stack would stand. */
  webAclArn: z.string().startsWith('arn:').optional(),
  region: z.string().optional(),
  /** Address people type, when something of one's own stands before CloudFront. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Where people sign in; the region's own Cognito unless given (a FIPS endpoint, say). */
  identityEndpoint: z.url({ protocol: /^https?$/ }).optional(),
  /** Host of the account's IoT endpoint; asked of AWS at deploy time unless given. */
  iotEndpoint: z.string().optional(),
  /** File with the authority agents trust; Amazon's unless the IoT endpoint is a domain with a certificate of its own. */
  agentAuthority: z.string().optional(),
  /** Where payments are asked for; Stripe itself unless given (a mock of it on a test stage). */
  stripeUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Whether the stacks bring the built pages along, or whoever deploys puts them into the site's bucket. */
  pages: z.enum(['deployed', 'apart']),
  /** Where alarms and the budget's warnings go. */
  alarmMail: z.email().optional(),
  monthlyBudgetUsd: z.coerce.number().positive(),
  /** Allowance of one caller of a shop; all of a shop have four times as many. */
  callsPerMinute: z.coerce.number().int().positive(),
  /** The plan that a shop begins with. */
  firstPlan: planName,
});

export type Settings = z.infer<typeof settings> & {
  /** Data outlives its stack. */
  durable: boolean;
};

/** Reads the settings from CDK context; throws naming the one that is wrong. */
export function readSettings(app: App): Settings {
  const given = (name: string): unknown => app.node.tryGetContext(name) as unknown;
  const parsed = settings.safeParse({
    stage: given('stage') ?? 'dev',
    mailFrom: given('mailFrom') ?? 'kerf@example.com',
    host: given('host'),
    certificateArn: given('certificateArn'),
    webAclArn: given('webAclArn'),
    publicUrl: given('publicUrl'),
    identityEndpoint: given('identityEndpoint'),
    iotEndpoint: given('iotEndpoint'),
    agentAuthority: given('agentAuthority'),
    stripeUrl: given('stripeUrl'),
    region: given('region') ?? process.env['CDK_DEFAULT_REGION'],
    pages: given('pages') ?? 'deployed',
    alarmMail: given('alarmMail'),
    monthlyBudgetUsd: given('monthlyBudgetUsd') ?? 50,
    callsPerMinute: given('callsPerMinute') ?? 300,
    firstPlan: given('firstPlan') ?? 'trial',
  });
  if (!parsed.success)
    throw new Error(
      `Context: ${parsed.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ')}`,
    );
  if ((parsed.data.host === undefined) !== (parsed.data.certificateArn === undefined))
    throw new Error('Context: host and certificateArn belong together; give both or none.');
  return { ...parsed.data, durable: parsed.data.stage.startsWith('prod') };
}

/** The built web pages that the stacks bring along, when they are built. */
export const builtPages = ({ pages }: Settings): string | undefined =>
  pages === 'deployed' && existsSync('web/dist') ? 'web/dist' : undefined;
