import { isVendors, vendorRecipient, type VendorAudience } from '#domain/mail/vendor-mail.ts';
import type { MailFacts } from '#domain/mail/mail-values.ts';
import type { Job } from '#domain/job/job.ts';
import { monthOf } from '#domain/platform/usage.ts';
import { writeMail } from '#domain/mail/write-mail.ts';
import type { Actor } from '#domain/actor.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { commitDirectory, links, vendorLinks } from '../adapters/dynamo/directory.ts';
import { wasUndone } from '../adapters/dynamo/repositories/events.ts';
import { eventWrite } from '../adapters/dynamo/repositories/jobs.ts';
import {
  claimMail,
  loadMail,
  mailWrite,
  settleMail,
  type MailKey,
  type MailRecord,
} from '../adapters/dynamo/repositories/mails.ts';
import { loadStanding } from '../adapters/dynamo/repositories/standings.ts';
import { countUsage } from '../adapters/dynamo/repositories/usages.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { secret, sha256 } from '../adapters/hash.ts';
import { newId } from '../adapters/ids.ts';
import { sendMail } from '../adapters/mail/send.ts';
import { environment } from '../env.ts';
import { logger } from '../logger.ts';
import { letterFor, type Letter } from './mail-letter.ts';

const { PUBLIC_URL } = environment('PUBLIC_URL');

/** While a lease runs nobody else sends; the provider's "sent" event has this long to arrive if the sender dies. */
const leaseMs = 5 * 60_000;
const mostAttempts = 5;
const linkDays = 60;

const mailer: Actor = { kind: 'system', name: 'mail' };

/** A mail not seen before; of a step that can, or could, be undone, the instant until which it waits. */
export type FreshMail = Pick<MailRecord, 'kind' | 'facts' | 'copied'> & { waitsUntil?: string };

/**
 * Sends one mail of one event to one audience, once: claim (lease), send, mark. A sender that dies in between leaves a lease;
 * the provider's "sent" event settles it, or the sweep sends when the lease is over. A mail of a step that can be undone waits,
 * and is dropped when it was.
 */
export async function sendOnce(
  t: Tenant,
  key: MailKey,
  how: FreshMail | 'at_once' | 'when_due',
): Promise<void> {
  const before = await loadMail(t, key);
  const instant = now();
  const fresh = typeof how === 'string' ? undefined : how;
  if (before ? !isDue(before, how, instant) : !fresh) return;
  if (before && before.attempts >= mostAttempts) {
    logger.error('a mail is given up', { shopId: t.shopId, mailId: before.id });
    return settleMail(t, key, { state: 'given_up', note: 'It could not be handed over.', at: instant });
  }

  const { waitsUntil, ...news } = fresh ?? {};
  const mail = before ?? newMail(t, key, news as Omit<FreshMail, 'waitsUntil'>, instant);
  const waits = before?.state === 'waiting' || waitsUntil !== undefined;
  if (waits && (await wasUndone(t, key.jobId, key.eventId))) {
    await claimMail(t, { ...mail, state: 'dropped', note: 'The step was taken back.' }, before);
    return;
  }
  const letter = await letterFor(t, mail);
  if (!letter) return logger.error('a mail has no job', { shopId: t.shopId, jobId: mail.jobId });
  const addressed: MailRecord = {
    ...mail,
    subject: letter.subject,
    ...(letter.to === undefined ? {} : { to: letter.to }),
    ...(letter.cc === undefined ? {} : { cc: letter.cc }),
  };
  if (!before && waitsUntil !== undefined && waitsUntil > instant) {
    await claimMail(t, { ...addressed, state: 'waiting', leaseUntil: waitsUntil }, before);
    return;
  }
  if (letter.to === undefined) {
    await claimMail(t, { ...addressed, state: 'given_up', note: 'There is no address.' }, before);
    return;
  }
  if (letter.held !== undefined) return hold(t, addressed, before, letter, letter.held);
  if (mail.audience !== 'shop' && (await loadStanding(t, false)).suspension)
    return waitForLift(t, addressed, before, instant);
  await send(t, addressed, before, letter, letter.to);
}

const suspendedNote = 'Kerf has suspended the shop.';
const suspendedPauseMs = 15 * 60_000;
/** What is older has been overtaken. */
const suspendedMostMs = 7 * 86_400_000;

/** In the name of a suspended shop nobody is written to: its mails are looked at again every quarter of an hour, for a week. */
async function waitForLift(
  t: Tenant,
  mail: MailRecord,
  before: MailRecord | undefined,
  instant: string,
): Promise<void> {
  const over = Date.parse(instant) - Date.parse(mail.createdAt) > suspendedMostMs;
  const leaseUntil = new Date(Date.parse(instant) + suspendedPauseMs).toISOString();
  const kept: MailRecord = over
    ? { ...mail, state: 'dropped', note: `${suspendedNote} The mail is too old by now.` }
    : { ...mail, state: 'waiting', leaseUntil, note: suspendedNote };
  await claimMail(t, kept, before);
}

/** A mail whose lease or wait is over; one whose step can not be undone any more need not wait. */
const isDue = ({ state, leaseUntil }: MailRecord, how: unknown, instant: string): boolean =>
  (state === 'waiting' && how === 'at_once') ||
  ((state === 'sending' || state === 'waiting') && leaseUntil <= instant);

const newMail = (
  t: Tenant,
  key: MailKey,
  news: Omit<FreshMail, 'waitsUntil'>,
  createdAt: string,
): MailRecord => ({
  ...news,
  ...key,
  id: newId('mail'),
  shopId: t.shopId,
  state: 'sending',
  attempts: 0,
  leaseUntil: createdAt,
  createdAt,
});

async function send(
  t: Tenant,
  mail: MailRecord,
  before: MailRecord | undefined,
  letter: Letter,
  to: string,
): Promise<void> {
  const leaseUntil = new Date(Date.parse(now()) + leaseMs).toISOString();
  const { note: _, ...clean } = mail;
  const claimed: MailRecord = { ...clean, state: 'sending', attempts: mail.attempts + 1, leaseUntil };
  if (!(await claimMail(t, claimed, before))) return;
  const { shop, input, cc } = letter;
  const url = await pageFor(t, letter);
  const { subject, text, html } = writeMail({ ...input, ...(url === undefined ? {} : { url }) });
  const { shopId, jobId, eventId, audience } = mail;
  await sendMail({
    to,
    ...(cc === undefined ? {} : { cc }),
    fromName: audience === 'shop' ? 'Kerf' : shop.name,
    ...(audience === 'shop' ? {} : { replyTo: shop.email }),
    subject,
    text,
    html,
    tags: { shopId, jobId, eventId, audience },
  });
  const sentAt = now();
  await settleMail(t, mail, { state: 'sent', at: sentAt });
  await countUsage(t, monthOf(sentAt), { mails: 1 });
}

/** Nothing is sent to an address that does not work; the shop reads so in the job, and is told unless the address is its own. */
async function hold(
  t: Tenant,
  mail: MailRecord,
  before: MailRecord | undefined,
  { job, subject }: Letter,
  note: string,
): Promise<void> {
  const data = { address: mail.to ?? '', about: subject, reason: note };
  const told =
    mail.audience === 'shop' ? [] : [eventWrite(t, job, { type: 'mail.held', data }, mailer, now())];
  try {
    await commit(t.client, [mailWrite(t, { ...mail, state: 'held', note }, before), ...told]);
  } catch (error) {
    // Somebody else has held it at the same moment.
    if (!(error instanceof ConflictError)) throw error;
  }
}

async function pageFor(t: Tenant, { input, job, shop }: Letter): Promise<string | undefined> {
  const { audience, facts } = input;
  if (isVendors(audience)) {
    const opens = whatVendorMailOpens(input.kind, audience, job, facts);
    return opens && vendorLink(t, job.id, opens, shop.slug);
  }
  if (input.audience === 'shop') return `${PUBLIC_URL}/jobs/${job.id}`;
  return customerLink(t, job.id, job.customer.customerId, shop.slug);
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
  kind: MailRecord['kind'],
  audience: VendorAudience,
  job: Job,
  facts: MailFacts,
): OpenedToVendor | undefined {
  if (kind === 'vendor.order') return { purchaseOrderId: String(facts['purchaseOrderId']) };
  const requestId = kind === 'vendor.recalled' ? undefined : vendorRecipient(job, audience, facts)?.requestId;
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
