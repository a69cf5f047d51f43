import { mailsFor } from '#domain/mail/mail-settings.ts';
import { mailsLeaveAt } from '#domain/job/undo.ts';
import { findJob } from '../adapters/dynamo/repositories/jobs.ts';
import { loadMailSettings } from '../adapters/dynamo/repositories/mail-settings.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { sendOnce } from '../use-cases/send-once.ts';
import { parseBusEvent } from './bus-event.ts';

/** Mails what an event has to say, once per recipient, unless whoever did it wants nobody told. */
export async function handler(event: unknown): Promise<void> {
  const { shopId, jobId, eventId, type, data, transition, quiet, undoUntil } = parseBusEvent(event);
  if (quiet) return;
  const t = tenant(shopId);
  const job = await findJob(t, jobId);
  if (!job) return;
  const settings = await loadMailSettings(t, job.template);
  // What the job was before is told as it was, whatever has become of it since.
  const facts = transition ? { ...data, from: transition.from, to: transition.to } : data;
  const news = { type, data, ...(transition ? { transition } : {}) };
  for (const { audience, kind, copied } of mailsFor(news, job.template, settings))
    await sendOnce(
      t,
      { jobId, eventId, audience },
      { kind, copied, facts, ...(undoUntil === undefined ? {} : { waitsUntil: mailsLeaveAt(undoUntil) }) },
    );
}
