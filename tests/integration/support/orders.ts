import { expect } from 'vitest';
import { ProblemError, type Call } from '#contract/client.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { getInvoice, openCheckout, type InvoiceView } from '#contract/routes/billing.ts';
import { confirmBedClear, type MachineView } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import type { EventView, JobView } from '#contract/views/job.ts';
import type { OpenShop, SignedInCustomer } from '../../../scripts/walk/people.ts';
import {
  advanceClock,
  callerOf,
  mailsTo,
  mailWith,
  realTimeSeconds,
  undoPassedMs,
  until,
  type Instance,
} from '../../../scripts/walk/instance.ts';
import { payAtCheckout } from '../../../scripts/walk/checkout.ts';
import { draftWithPart } from '../../../scripts/walk/request.ts';
import { mailsFor, noMailSettings } from '#domain/mail/mail-settings.ts';
import { listJobMails } from '#contract/routes/mail.ts';
import type { TemplateName } from '#domain/job/job.ts';
import { print, type Device } from './device.ts';
import { cube } from './kerf.ts';
import { inspectAndPass } from '../../../scripts/walk/quality.ts';

/** A shop, one of its customers, and a printer whose agent the test drives by hand. */
export interface Players {
  instance: Instance;
  shop: OpenShop;
  customer: SignedInCustomer;
}
export interface Workshop extends Players {
  printer: MachineView;
  device: Device;
}

export const jobOf = (call: Call, jobId: string): Promise<JobView> =>
  call(jobs.getJob, { params: { jobId } });

export const untilJob = (call: Call, jobId: string, what: string, is: (job: JobView) => boolean) =>
  until(what, async () => {
    const job = await jobOf(call, jobId);
    return is(job) && job;
  });

export async function submitted({ customer }: Players, quantity = 1): Promise<JobView> {
  const { id: jobId } = await draftWithPart(customer.call, 'Twenty millimetre cube', cube(), quantity);
  return customer.call(jobs.submitJob, { params: { jobId }, body: {} });
}

export async function quoted(players: Players, quantity = 1): Promise<JobView> {
  const { id: jobId } = await submitted(players, quantity);
  await players.shop.owner(jobs.startQuoting, { params: { jobId }, body: {} });
  return players.shop.owner(jobs.sendQuote, { params: { jobId }, body: {} });
}

export async function approved(players: Players, quantity = 1): Promise<JobView> {
  const { id: jobId, quote } = await quoted(players, quantity);
  return players.customer.call(jobs.approveQuote, {
    params: { jobId },
    body: { version: quote?.version ?? 0, name: 'Cleo Customer' },
  });
}

/** Starts the job's first part on the printer; answers with the run. */
export async function started(
  { shop, printer }: Pick<Workshop, 'shop' | 'printer'>,
  job: JobView,
): Promise<JobView['runs'][number]> {
  const known = new Set(job.runs.map((run) => run.id));
  const after = await shop.owner(jobs.startRun, {
    params: { jobId: job.id },
    body: { partId: job.parts[0]?.id ?? '', machineId: printer.id, quantity: job.parts[0]?.wanted ?? 1 },
  });
  const run = after.runs.find((each) => !known.has(each.id));
  if (!run) throw new Error('The start has made no run');
  return run;
}

export async function inQualityCheck(workshop: Workshop, quantity = 1): Promise<JobView> {
  const job = await approved(workshop, quantity);
  const run = await started(workshop, job);
  await print(workshop.device, run.id);
  await workshop.shop.owner(confirmBedClear, { params: { machineId: workshop.printer.id } });
  return untilJob(workshop.shop.owner, job.id, 'the check', ({ status }) => status === 'quality_check');
}

export async function readyForPickup(workshop: Workshop): Promise<JobView> {
  const { id: jobId } = await inQualityCheck(workshop);
  return inspectAndPass(workshop.shop.owner, jobId);
}

export async function invoiced(workshop: Workshop): Promise<{ job: JobView; invoice: InvoiceView }> {
  const { id: jobId } = await readyForPickup(workshop);
  await workshop.shop.owner(jobs.handOver, { params: { jobId }, body: {} });
  return invoiceOf(workshop, jobId);
}

export async function invoiceOf(
  { customer }: Players,
  jobId: string,
): Promise<{ job: JobView; invoice: InvoiceView }> {
  const job = await untilJob(customer.call, jobId, 'the invoice', ({ invoiceId }) => invoiceId !== undefined);
  const params = { invoiceId: job.invoiceId ?? '' };
  return { job, invoice: await customer.call(getInvoice, { params }) };
}

/** Opens the payment page of an invoice. */
export const checkoutUrl = async ({ customer }: Players, invoiceId: string): Promise<string> =>
  (await customer.call(openCheckout, { params: { invoiceId }, body: { returnPath: '/' } })).url;

export async function pay(players: Players, invoiceId: string): Promise<void> {
  await payAtCheckout(await checkoutUrl(players, invoiceId));
}

/** The secret of the newest link to the job that was mailed to the customer. */
export async function linkSecret(instance: Instance, email: string, jobId: string): Promise<string> {
  const [, secret = ''] = await mailWith(instance, email, new RegExp(`/job/${jobId}#link=(\\S+)`));
  return secret;
}

export const byLink = (instance: Instance, secret: string): Call =>
  callerOf(instance, { kind: 'link', secret });

/** The whole log of a shop, checked to be numbered from 1 without a gap and without a repeated event. */
export async function wholeLog(owner: Call): Promise<EventView[]> {
  const log: EventView[] = [];
  for (;;) {
    const { events, next } = await owner(jobs.listEvents, { query: { after: log.length, limit: 500 } });
    log.push(...events);
    if (events.length === 0) break;
    expect(next).toBe(log.length);
  }
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  return log;
}

/** How often each subject was mailed to the address. */
export async function subjectsTo(
  instance: Pick<Instance, 'url'>,
  address: string,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { subject } of await mailsTo(instance, address)) counts[subject] = (counts[subject] ?? 0) + 1;
  return counts;
}

/** Expects the call to be refused with this code; answers with the problem. */
export async function refusal(code: ErrorCode, call: Promise<unknown>): Promise<ProblemError> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof ProblemError))
    throw new Error(`Expected ${code}, got ${outcome instanceof Error ? outcome.message : 'success'}`);
  expect({ code: outcome.problem?.code, detail: outcome.message }).toMatchObject({ code });
  return outcome;
}

/** Lets the mails go that wait for their steps to be undone, and waits until none is on its way. */
export async function letMailsGo(
  instance: Pick<Instance, 'url' | 'realTime'>,
  owner: Call,
  log: readonly EventView[],
): Promise<void> {
  if (!instance.realTime) await advanceClock(instance, undoPassedMs);
  for (const jobId of new Set(log.map((event) => event.jobId)))
    await until(
      `the mails of ${jobId}`,
      async () => {
        const { mails } = await owner(listJobMails, { params: { jobId } });
        return mails.every(({ state }) => state !== 'waiting' && state !== 'sending');
      },
      instance.realTime ? realTimeSeconds : undefined,
    );
}

/** What the mailbox tells of a mail that an event called for. */
export interface TaggedMail {
  subject: string;
  tags: Record<string, string>;
}

/** Every event of the log was mailed exactly once to everybody it concerns, and nothing else was mailed for the shop. */
export function expectEachMailOnce(
  shopId: string,
  log: readonly EventView[],
  mails: readonly TaggedMail[],
  templateOf: (jobId: string) => TemplateName = () => 'fabrication',
): void {
  const wanted = log.flatMap(({ id, jobId, type, data, transition }) =>
    mailsFor({ type, data, ...(transition ? { transition } : {}) }, templateOf(jobId), noMailSettings).map(
      ({ audience }) => `${type} ${id} ${audience}`,
    ),
  );
  const typeOf = new Map(log.map(({ id, type }) => [id, type]));
  const sent = mails
    .filter(({ tags }) => tags['shopId'] === shopId)
    .map(({ tags }) => `${typeOf.get(tags['eventId'] ?? '')} ${tags['eventId']} ${tags['audience']}`);
  expect(sent.sort()).toEqual(wanted.sort());
}
