import type { MailView } from '#contract/views/mail.ts';
import type { MailTrouble } from '#domain/mail/mail-fate.ts';
import { mailTable } from '#domain/mail/mail-table.ts';
import type { MailRecord } from '../../adapters/dynamo/repositories/mails.ts';

export const troubleView = ({ email, kind, reason, since }: MailTrouble): MailTrouble => ({
  email,
  kind,
  reason,
  since,
});

/** What the shop calls a mail. */
const titleOf = (kind: MailRecord['kind']): string =>
  mailTable.find((row) => row.kind === kind)?.title ?? kind;

export function mailView(mail: MailRecord): MailView {
  const { id, kind, audience, state, subject, to, cc, note, createdAt, sentAt } = mail;
  return { id, kind, title: titleOf(kind), audience, state, subject, to, cc, note, createdAt, sentAt };
}
