import type { MailAudience } from '#domain/mail/mails-for.ts';
import { commit, put } from '../commit.ts';
import { ConflictError } from '../commit.ts';
import { watched } from '../system.ts';
import type { Tenant } from '../tenant.ts';

export interface MailRecord {
  id: string;
  shopId: string;
  jobId: string;
  eventId: string;
  audience: MailAudience;
  kind: string;
  state: 'sending' | 'sent' | 'given_up';
  attempts: number;
  leaseUntil: string;
  facts: Record<string, string | number | boolean>;
  createdAt: string;
}

type MailKey = Pick<MailRecord, 'jobId' | 'eventId' | 'audience'>;

export async function loadMail(
  { entities }: Tenant,
  { jobId, eventId, audience }: MailKey,
): Promise<MailRecord | undefined> {
  return (await entities.mail.get({ jobId, eventId, audience }).go({ consistent: true })).data ?? undefined;
}

/** Takes the right to send for the time of the lease; false when somebody else has it or the mail is out. */
export async function claimMail(
  t: Tenant,
  mail: MailRecord,
  before: MailRecord | undefined,
): Promise<boolean> {
  const row = { ...mail, ...watched('MAIL', mail.id, mail.leaseUntil) };
  const params = before
    ? t.entities.mail
        .put(row)
        .where(
          ({ attempts, state }, { eq }) => `${eq(attempts, before.attempts)} AND ${eq(state, 'sending')}`,
        )
        .params()
    : t.entities.mail.create(row).params();
  try {
    await commit(t.client, [put('mail', params)]);
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}

/** The provider has taken it, or nobody tries any more: off the watch list. */
export async function settleMail(
  { entities }: Tenant,
  { jobId, eventId, audience }: MailKey,
  state: 'sent' | 'given_up',
): Promise<void> {
  await entities.mail.patch({ jobId, eventId, audience }).set({ state }).remove(['syspk', 'syssk']).go();
}
