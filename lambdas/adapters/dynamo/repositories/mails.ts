import { isNews, type MailState } from '#domain/mail/mail-fate.ts';
import type { MailAudience, MailKind } from '#domain/mail/mail-kinds.ts';
import type { MailFacts } from '#domain/mail/mail-values.ts';
import { commit, ConflictError, put, update, type Write } from '../commit.ts';
import { watched } from '../system.ts';
import type { Tenant } from '../tenant.ts';

export interface MailRecord {
  id: string;
  shopId: string;
  jobId: string;
  eventId: string;
  audience: MailAudience;
  kind: MailKind;
  /** The billing contact gets a copy. */
  copied: boolean;
  state: MailState;
  attempts: number;
  /** While it is `sending`: until when its sender has the right to; while it is `waiting`: from when somebody may send it. */
  leaseUntil: string;
  facts: MailFacts;
  to?: string;
  cc?: string;
  subject?: string;
  note?: string;
  sentAt?: string;
  createdAt: string;
}

export type MailKey = Pick<MailRecord, 'jobId' | 'eventId' | 'audience'>;

/** Without its place on the watch list, which goes with its state. */
const recordOf = <T extends { syspk?: string; syssk?: string }>({
  syspk: _,
  syssk: __,
  ...mail
}: T): Omit<T, 'syspk' | 'syssk'> => mail;

export async function loadMail(
  { entities }: Tenant,
  { jobId, eventId, audience }: MailKey,
): Promise<MailRecord | undefined> {
  const { data } = await entities.mail.get({ jobId, eventId, audience }).go({ consistent: true });
  return data ? recordOf(data) : undefined;
}

/** Every mail of a job, oldest first. */
export async function mailsOfJob({ entities }: Tenant, jobId: string): Promise<MailRecord[]> {
  const { data } = await entities.mail.query.ofJob({ jobId }).go({ consistent: true, pages: 'all' });
  return data.map(recordOf).sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

/** The row as it is to be, if it is still as it was read; on the watch list while somebody has to come back to it. */
export function mailWrite(t: Tenant, mail: MailRecord, before: MailRecord | undefined): Write {
  const open = mail.state === 'sending' || mail.state === 'waiting';
  const row = { ...mail, ...(open ? watched('MAIL', mail.id, mail.leaseUntil) : {}) };
  return put(
    'mail',
    before
      ? t.entities.mail
          .put(row)
          .where(
            ({ attempts, state }, { eq }) =>
              `${eq(attempts, before.attempts)} AND ${eq(state, before.state)}`,
          )
          .params()
      : t.entities.mail.create(row).params(),
  );
}

/** Takes the right to send for the time of the lease; false when somebody else has it or the mail is out. */
export async function claimMail(
  t: Tenant,
  mail: MailRecord,
  before: MailRecord | undefined,
): Promise<boolean> {
  try {
    await commit(t.client, [mailWrite(t, mail, before)]);
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}

/** What the provider, or nobody any more, makes of it: off the watch list. */
export const fateWrite = (
  { entities }: Tenant,
  before: MailRecord,
  { state, note, at }: { state: MailState; note?: string; at: string },
): Write =>
  update(
    'mail',
    entities.mail
      .patch({ jobId: before.jobId, eventId: before.eventId, audience: before.audience })
      .set({ state, ...(note === undefined ? {} : { note }), ...(before.sentAt ? {} : { sentAt: at }) })
      .remove(['syspk', 'syssk'])
      .where((row, { eq }) => eq(row.state, before.state))
      .params(),
  );

const mostTries = 5;

/**
 * Notes how far a mail has come, unless it is known to be further; `beside` are rows that are written with it.
 * @throws ConflictError when others kept changing it
 */
export async function settleMail(
  t: Tenant,
  key: MailKey,
  fate: { state: MailState; note?: string; at: string },
  beside: readonly Write[] = [],
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const mail = await loadMail(t, key);
    if (!mail || !isNews(mail.state, fate.state)) return;
    try {
      return await commit(t.client, [fateWrite(t, mail, fate), ...beside]);
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === mostTries) throw error;
    }
  }
}
