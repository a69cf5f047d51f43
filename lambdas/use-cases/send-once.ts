import type { Job } from '#domain/job/job.ts';
import { vendorRecipient } from '#domain/mail/vendor-mail.ts';
import { writeMail } from '#domain/mail/write-mail.ts';
import type { Shop } from '#domain/shop/shop.ts';
import { now } from '../adapters/clock.ts';
import { secret, sha256 } from '../adapters/hash.ts';
import { newId } from '../adapters/ids.ts';
import { commitDirectory, links, vendorLinks } from '../adapters/dynamo/directory.ts';
import { loadJob } from '../adapters/dynamo/repositories/jobs.ts';
import { claimMail, loadMail, settleMail, type MailRecord } from '../adapters/dynamo/repositories/mails.ts';
import { loadShop } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { sendMail } from '../adapters/mail/send.ts';
import { environment } from '../env.ts';
import { logger } from '../logger.ts';

const { PUBLIC_URL } = environment('PUBLIC_URL');

/** While a lease runs nobody else sends; the provider's "sent" event has this long to arrive if the sender dies. */
const leaseMs = 5 * 60_000;
const mostAttempts = 5;
const linkDays = 60;

type MailKey = Pick<MailRecord, 'jobId' | 'eventId' | 'audience'>;

/**
 * Sends one mail of one event to one audience, once: claim (lease), send, mark. A sender that dies in between leaves a lease;
 * the provider's "sent" event settles it, or the sweep sends when the lease is over. `fresh` describes a mail not seen before.
 */
export async function sendOnce(
  t: Tenant,
  key: MailKey,
  fresh?: Pick<MailRecord, 'kind' | 'facts'>,
): Promise<void> {
  const before = await loadMail(t, key);
  const instant = now();
  if (before ? before.state !== 'sending' || before.leaseUntil > instant : !fresh) return;
  if (before && before.attempts >= mostAttempts) {
    logger.error('a mail is given up', { shopId: t.shopId, mailId: before.id });
    return settleMail(t, key, 'given_up');
  }

  const mail: MailRecord = {
    ...(before ?? { id: newId('mail'), shopId: t.shopId, ...key, ...fresh!, createdAt: instant }),
    state: 'sending',
    attempts: (before?.attempts ?? 0) + 1,
    leaseUntil: new Date(Date.parse(instant) + leaseMs).toISOString(),
  };
  if (!(await claimMail(t, mail, before))) return;
  await deliver(t, mail);
  await settleMail(t, key, 'sent');
}

async function deliver(t: Tenant, mail: MailRecord): Promise<void> {
  const [shop, loaded] = await Promise.all([loadShop(t), loadJob(t, mail.jobId)]);
  if (!loaded) return logger.error('a mail has no job', { shopId: t.shopId, jobId: mail.jobId });
  const { job } = loaded;
  const { audience, facts } = mail;
  const to = recipientOf(shop, job, mail);
  if (!to) return logger.error('a mail has no address', { shopId: t.shopId, mailId: mail.id });
  const { subject, text, html } = writeMail({
    kind: mail.kind,
    audience,
    shop,
    job,
    template: loaded.template,
    facts,
    ...(await pageFor(t, mail, job, shop.slug)),
  });
  await sendMail({
    to,
    fromName: audience === 'shop' ? 'Kerf' : shop.name,
    ...(audience === 'shop' ? {} : { replyTo: shop.email }),
    subject,
    text,
    html,
    tags: { shopId: t.shopId, jobId: mail.jobId, eventId: mail.eventId, audience },
  });
}

function recipientOf(shop: Shop, job: Job, { audience, facts }: MailRecord): string | undefined {
  if (audience === 'shop') return shop.email;
  return audience === 'customer' ? job.customer.email : vendorRecipient(job, audience, facts)?.email;
}

async function pageFor(
  t: Tenant,
  { audience, kind, facts }: MailRecord,
  job: Job,
  slug: string,
): Promise<{ url?: string }> {
  if (audience === 'vendor' || audience === 'former_vendor') {
    const opens = whatVendorMailOpens(kind, audience, job, facts);
    return opens ? { url: await vendorLink(t, job.id, opens, slug) } : {};
  }
  if (audience === 'shop') return { url: `${PUBLIC_URL}/jobs/${job.id}` };
  return { url: await customerLink(t, job.id, job.customer.customerId, slug) };
}

/** A fresh secret per mail, kept as its hash; in the fragment, so that no server on the way logs it. */
async function customerLink(t: Tenant, jobId: string, customerId: string, slug: string): Promise<string> {
  const bearer = secret();
  const target = { shopId: t.shopId, customerId, jobId, expiresAt: linkEnds() };
  await commitDirectory([links.write(sha256(bearer), target)]);
  return `${PUBLIC_URL}/p/${slug}/job/${jobId}#link=${bearer}`;
}

type OpenedToVendor = { requestId: string } | { purchaseOrderId: string };

function whatVendorMailOpens(
  kind: string,
  audience: 'vendor' | 'former_vendor',
  job: Job,
  facts: MailRecord['facts'],
): OpenedToVendor | undefined {
  if (kind === 'vendor_order') return { purchaseOrderId: String(facts['purchaseOrderId']) };
  const requestId = kind === 'vendor_canceled' ? undefined : vendorRecipient(job, audience, facts)?.requestId;
  return requestId === undefined ? undefined : { requestId };
}

/** Opens the request as long as it is the vendor's, or the purchase order they got. */
async function vendorLink(t: Tenant, jobId: string, opens: OpenedToVendor, slug: string): Promise<string> {
  const bearer = secret();
  const target = { shopId: t.shopId, jobId, ...opens, expiresAt: linkEnds() };
  await commitDirectory([vendorLinks.write(sha256(bearer), target)]);
  const page = 'requestId' in opens ? `vendor/${jobId}` : `order/${opens.purchaseOrderId}`;
  return `${PUBLIC_URL}/p/${slug}/${page}#link=${bearer}`;
}

const linkEnds = (): string => new Date(Date.parse(now()) + linkDays * 86_400_000).toISOString();
