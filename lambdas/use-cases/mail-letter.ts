import type { Job } from '#domain/job/job.ts';
import { troubleWords } from '#domain/mail/mail-fate.ts';
import type { MailAudience } from '#domain/mail/mail-kinds.ts';
import { wordsOf } from '#domain/mail/mail-settings.ts';
import type { MailFacts } from '#domain/mail/mail-values.ts';
import { isVendors, vendorRecipient } from '#domain/mail/vendor-mail.ts';
import { writeMail, type MailInput } from '#domain/mail/write-mail.ts';
import type { Shop } from '#domain/shop/shop.ts';
import { loadJob, loadQuote, type LoadedJob } from '../adapters/dynamo/repositories/jobs.ts';
import { loadMailSettings } from '../adapters/dynamo/repositories/mail-settings.ts';
import { loadTrouble } from '../adapters/dynamo/repositories/mail-troubles.ts';
import type { MailRecord } from '../adapters/dynamo/repositories/mails.ts';
import { loadPriceBook, loadShop } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

/** A mail with everything but its link, and whom it goes to. */
export interface Letter {
  job: Job;
  shop: Shop;
  input: MailInput;
  subject: string;
  /** Nobody to write to without. */
  to?: string;
  cc?: string;
  /** Why it is not to be sent. */
  held?: string;
}

/** What is ordered, one line each: the parts, or the lines of an offer that has none. */
export async function linesOf(t: Tenant, { job, parts }: LoadedJob): Promise<string[]> {
  if (parts.length === 0) {
    const quote = job.quote && (await loadQuote(t, job.id, job.quote.version));
    return (quote?.price.lines ?? []).map(({ quantity, name }) => `${quantity} × ${name}`);
  }
  const book = await loadPriceBook(t);
  const nameOf = (list: readonly { id: string; name: string }[], id: string) =>
    list.find((each) => each.id === id)?.name ?? id;
  return parts.map(
    ({ wanted, name, materialId, finishId }) =>
      `${wanted} × ${name} (${nameOf(book.materials, materialId)}, ${nameOf(book.finishes, finishId)})`,
  );
}

/** Who sees a bespoke piece through hears of it themselves; everything else comes to the shop's own address. */
const addressOf = (
  audience: MailAudience,
  job: Job,
  shop: Shop,
  facts: MailFacts,
  salespersonHears: boolean,
): string | undefined => {
  if (audience === 'customer') return job.customer.email;
  if (isVendors(audience)) return vendorRecipient(job, audience, facts)?.email;
  return (salespersonHears ? job.salesperson?.email : undefined) ?? shop.email;
};

/** Writes to nobody whose address does not work. Undefined when the job is gone. */
export async function letterFor(
  t: Tenant,
  {
    jobId,
    audience,
    kind,
    copied,
    facts,
  }: Pick<MailRecord, 'jobId' | 'audience' | 'kind' | 'copied'> & {
    facts: MailFacts;
  },
): Promise<Letter | undefined> {
  const [shop, loaded] = await Promise.all([loadShop(t), loadJob(t, jobId)]);
  if (!loaded) return undefined;
  const { job, template } = loaded;
  const settings = await loadMailSettings(t, job.template);
  const to = addressOf(audience, job, shop, facts, template.needsPromise);
  const copy = copied ? job.customer.billingContact?.email : undefined;
  const [lines, trouble, copyTrouble] = await Promise.all([
    isVendors(audience) ? [] : linesOf(t, loaded),
    to === undefined ? undefined : loadTrouble(t, to),
    copy === undefined ? undefined : loadTrouble(t, copy),
  ]);
  const words = wordsOf(kind, audience, settings);
  const input: MailInput = { kind, audience, shop, job, template, facts, words, lines };
  return {
    job,
    shop,
    input,
    subject: writeMail(input).subject,
    ...(to === undefined ? {} : { to }),
    ...(copy === undefined || copyTrouble || copy === to ? {} : { cc: copy }),
    ...(trouble ? { held: troubleWords(trouble) } : {}),
  };
}
