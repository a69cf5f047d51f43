import type { Job } from '#domain/job/job.ts';
import { mailsFor } from '#domain/mail/mail-settings.ts';
import { mailsLeaveAt } from '#domain/job/undo.ts';
import { findJob } from '../adapters/dynamo/repositories/jobs.ts';
import { loadMailSettings } from '../adapters/dynamo/repositories/mail-settings.ts';
import { mailsOfJob } from '../adapters/dynamo/repositories/mails.ts';
import { tenant, type Tenant } from '../adapters/dynamo/tenant.ts';
import { sendOnce } from '../use-cases/send-once.ts';
import { reactor } from './reactor.ts';

/** Mails what an event has to say, once per recipient, unless whoever did it wants nobody told. */
export const handler = reactor(
  'send-mails',
  async ({ shopId, jobId, eventId, type, at, data, transition, quiet, undoUntil }) => {
    const t = tenant(shopId);
    const job = await findJob(t, jobId);
    if (!job) return;
    await sendOvertaken(t, job, eventId);
    if (quiet) return;
    const settings = await loadMailSettings(t, job.template);
    // What the job was before is told as it was, whatever has become of it since.
    const facts = transition ? { ...data, from: transition.from, to: transition.to } : data;
    const news = { type, data, ...(transition ? { transition } : {}) };
    // Once the job has gone on, its step can not be undone any more: nothing to wait for.
    const leaveAt = undoUntil !== undefined && openStep(job) === eventId ? mailsLeaveAt(undoUntil) : at;
    const wait = undoUntil === undefined ? {} : { waitsUntil: leaveAt };
    for (const { audience, kind, copied } of mailsFor(news, job.template, settings))
      await sendOnce(t, { jobId, eventId, audience }, { kind, copied, facts, ...wait });
  },
);

/** The step that could still be taken back, by its event. */
const openStep = ({ undo, version }: Job): string | undefined =>
  undo?.version === version ? undo.eventId : undefined;

/** Mails of steps that can not be taken back any more, because the job has gone on or they were: they go first, or not at all. */
async function sendOvertaken(t: Tenant, job: Job, eventId: string): Promise<void> {
  const open = openStep(job);
  for (const mail of await mailsOfJob(t, job.id))
    if (mail.state === 'waiting' && mail.eventId < eventId && mail.eventId !== open)
      await sendOnce(t, mail, 'at_once');
}
