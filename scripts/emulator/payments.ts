import { PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { movableClock } from '#local/engine/clock.ts';
import { installSecret } from '#local/engine/secrets.ts';
import { openStore } from '#local/engine/store.ts';
import { startStripe } from '#local/stripe/server.ts';

/** Starts the payment simulator and puts its secrets where the functions of the stage look for Stripe's. */
export async function startPayments(options: {
  dataDir: string;
  port: number;
  stage: string;
  publicUrl: string;
  ssm: SSMClient;
}): Promise<{ close(): Promise<void> }> {
  const store = openStore(options.dataDir);
  const secretKey = installSecret(store, 'stripe-secret-key', 'sk_test_');
  const stripe = await startStripe({ port: options.port, store, clock: movableClock(store), secretKey });
  const put = (name: string, Value: string) =>
    options.ssm.send(
      new PutParameterCommand({
        Name: `/kerf/${options.stage}/stripe/${name}`,
        Value,
        Type: 'SecureString',
        Overwrite: true,
      }),
    );
  await put('secret', secretKey);
  await put('webhook-secret', stripe.webhookSecret(`${options.publicUrl}/v1/webhooks/stripe`, true));
  return {
    async close() {
      await stripe.close();
      store.close();
    },
  };
}
