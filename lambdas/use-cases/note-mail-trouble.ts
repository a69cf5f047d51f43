import type { Actor } from '#domain/actor.ts';
import { troubleWords, type MailTrouble } from '#domain/mail/mail-fate.ts';
import { now } from '../adapters/clock.ts';
import { eventWrite, findJob } from '../adapters/dynamo/repositories/jobs.ts';
import { loadTrouble, putTrouble } from '../adapters/dynamo/repositories/mail-troubles.ts';
import { loadMail, settleMail, type MailKey } from '../adapters/dynamo/repositories/mails.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

const mailer: Actor = { kind: 'system', name: 'mail' };

export interface TroubleReport {
  kind: MailTrouble['kind'];
  /** The address does not work at all; else it may next time. */
  lasting: boolean;
  addresses: readonly string[];
}

/**
 * A mail came back or was unwanted: the mail says so, its address is marked, and the shop is told, in one transaction. Of its own mails
 * the log tells: another mail to it would come back as well, and so on for ever.
 */
export async function noteTrouble(
  t: Tenant,
  key: MailKey,
  { kind, lasting, addresses }: TroubleReport,
): Promise<void> {
  const [mail, job] = await Promise.all([loadMail(t, key), findJob(t, key.jobId)]);
  const email = (addresses[0] ?? mail?.to ?? '').trim().toLowerCase();
  if (!mail || !job || email === '') return;
  const at = now();
  const known = await loadTrouble(t, email);
  const words = troubleWords({ kind, email });
  const reason = lasting
    ? `${words} Mails to it are held until somebody says that it works again.`
    : `The mail to ${email} could not be delivered for the time being. The next one will be tried as usual.`;
  const quiet = mail.audience === 'shop' ? { quiet: true } : {};
  const data = { address: email, about: mail.subject ?? '', reason };
  await settleMail(t, key, { state: kind, note: lasting ? words : reason, at }, [
    ...(lasting && !known ? [putTrouble(t, { email, kind, reason: words, since: at })] : []),
    eventWrite(t, job, { type: 'mail.bounced', data, ...quiet }, mailer, at),
  ]);
}
