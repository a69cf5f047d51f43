import { mailsFor } from '#domain/mail/mails-for.ts';
import { sendOnce } from '../use-cases/send-once.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { parseBusEvent } from './bus-event.ts';

/** Mails what an event has to say, once per recipient. */
export async function handler(event: unknown): Promise<void> {
  const happened = parseBusEvent(event);
  const { shopId, jobId, eventId, data, transition } = happened;
  // What the job was before is told as it was, whatever has become of it since.
  const facts = transition ? { ...data, from: transition.from, to: transition.to } : data;
  for (const { audience, kind } of mailsFor(happened))
    await sendOnce(tenant(shopId), { jobId, eventId, audience }, { kind, facts });
}
