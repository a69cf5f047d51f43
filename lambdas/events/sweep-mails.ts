import { now } from '../adapters/clock.ts';
import { dueOnList } from '../adapters/dynamo/system.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { sendOnce } from '../use-cases/send-once.ts';

/** Sends mails whose sender died with the lease in hand and of which the provider has not said that they are out. */
export async function handler(): Promise<void> {
  for (const { shopId, jobId, eventId, audience } of await dueOnList('MAIL', now()))
    if (jobId && eventId && audience) await sendOnce(tenant(shopId), { jobId, eventId, audience });
}
