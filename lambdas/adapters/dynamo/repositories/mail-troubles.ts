import type { MailTrouble } from '#domain/mail/mail-fate.ts';
import { put, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';
import { emailHash } from './customers.ts';

/** Why mails to the address are held; undefined when they are not. */
export async function loadTrouble({ entities }: Tenant, email: string): Promise<MailTrouble | undefined> {
  const { data } = await entities.mailTrouble.get({ emailHash: emailHash(email) }).go({ consistent: true });
  return data ?? undefined;
}

/** Every address of the shop that does not work. */
export async function allTroubles({ entities }: Tenant): Promise<MailTrouble[]> {
  return (await entities.mailTrouble.query.all({}).go({ consistent: true, pages: 'all' })).data;
}

export const putTrouble = ({ entities }: Tenant, trouble: MailTrouble): Write =>
  put('mailTrouble', entities.mailTrouble.put({ ...trouble, emailHash: emailHash(trouble.email) }).params());

/** The address works, or never was marked. */
export async function removeTrouble({ entities }: Tenant, email: string): Promise<void> {
  await entities.mailTrouble.delete({ emailHash: emailHash(email) }).go();
}
