import type { MailSettingsView } from '#contract/views/mail.ts';
import type { TemplateName } from '#domain/job/job.ts';
import { shippedTemplates } from '#domain/job/templates/all.ts';
import {
  audiencesOf,
  isSent,
  mailsOf,
  noMailSettings,
  wordsOf,
  type MailSettings,
} from '#domain/mail/mail-settings.ts';

/** Every mail of a job type as the shop has it, beside how Kerf has it. */
export function settingsView(template: TemplateName, settings: MailSettings): MailSettingsView {
  const mails = mailsOf(template).flatMap((row) =>
    audiencesOf(row).map((audience) => {
      const words = wordsOf(row.kind, audience, settings);
      const shipped = wordsOf(row.kind, audience, noMailSettings);
      return {
        kind: row.kind,
        audience,
        title: row.title,
        send: isSent(row, audience, template, settings),
        sendByDefault: isSent(row, audience, template, noMailSettings),
        subject: words.subject,
        opening: words.opening,
        defaultSubject: shipped.subject,
        defaultOpening: shipped.opening,
        copied: row.copied === true && audience === 'customer',
      };
    }),
  );
  return { template, title: shippedTemplates[template].title, version: settings.version, mails };
}
