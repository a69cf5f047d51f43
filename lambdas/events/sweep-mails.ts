import { now } from '../adapters/clock.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { sendOnce } from '../use-cases/send-once.ts';
import { sweepList } from '../use-cases/sweep-list.ts';

/**
 * Sends mails that have waited for their step to be undone, and those whose sender died with the lease in hand and of which the
 * provider has not said that they are out.
 */
export async function handler(): Promise<void> {
  await sweepList('MAIL', now(), async ({ shopId, jobId, eventId, audience }) => {
    if (jobId && eventId && audience)
      await sendOnce(tenant(shopId), { jobId, eventId, audience }, 'when_due');
  });
}
