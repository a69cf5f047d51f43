import { buildPages } from './build-pages.ts';
import { bootstrap, deployStacks } from './deploy/cdk.ts';
import { stageOr } from './deploy/options.ts';
import { root } from './steps.ts';

const usage = `Usage: npm run deploy -- --stage NAME [--set SETTING=VALUE ...]
Deploys everything to the AWS account and region of your credentials. Settings: lib/settings.ts (mailFrom, host, certificateArn,
alarmMail, monthlyBudgetUsd, ...). A stage whose name begins with "prod" keeps its data when it is removed.`;

const { stage, settings } = stageOr(usage);
const target = { settings, onLine: (line: string) => console.log(line) };
try {
  await buildPages(root);
  await bootstrap(target);
  const outputs = await deployStacks(target);
  console.log(`
  Kerf stands as stage ${stage}.

  Pages and API     ${outputs[`kerf-${stage}-web`]?.['PublicUrl'] ?? 'see the outputs of the web stack'}
  Before the first payment, put Stripe's secrets into the parameters
                    /kerf/${stage}/stripe/secret and /kerf/${stage}/stripe/webhook-secret (SecureString);
                    Stripe's webhook goes to <address>/v1/webhooks/stripe
  Before the first mail, verify ${settings['mailFrom'] ?? 'the sender'} in SES and leave its sandbox.
`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
