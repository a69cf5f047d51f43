import { noMailSettings, type MailChoice, type MailSettings } from '#domain/mail/mail-settings.ts';
import { templateNames, type TemplateName } from '#domain/job/job.ts';
import { put, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';

/** What the shop wants of the mails of a job type. */
export async function loadMailSettings({ entities }: Tenant, template: TemplateName): Promise<MailSettings> {
  return (await entities.mailSettings.get({ template }).go({ consistent: true })).data ?? noMailSettings;
}

export async function allMailSettings({ entities }: Tenant): Promise<Record<TemplateName, MailSettings>> {
  const { data } = await entities.mailSettings.query.all({}).go({ consistent: true, pages: 'all' });
  const entries = templateNames.map((name) => [
    name,
    data.find(({ template }) => template === name) ?? noMailSettings,
  ]);
  return Object.fromEntries(entries) as Record<TemplateName, MailSettings>;
}

/** Writes the choices that follow `version - 1`; of two editors one wins. */
export function putMailSettings(
  { entities }: Tenant,
  template: TemplateName,
  version: number,
  choices: MailChoice[],
  now: string,
): Write {
  const row = { template, version, choices, updatedAt: now };
  return put(
    'mailSettings',
    version === 1
      ? entities.mailSettings.create(row).params()
      : entities.mailSettings
          .put(row)
          .where((each, { eq }) => eq(each.version, version - 1))
          .params(),
  );
}
