import type { Actor } from '#domain/actor.ts';
import type { Decision } from '#domain/job/decide.ts';
import type { LoggedEvent } from '#domain/event.ts';
import { openStay, type Stay } from '#domain/job/due.ts';
import { isLive, wakesWorkflow, type Job, type Part, type Status } from '#domain/job/job.ts';
import type { JobState } from '#domain/job/state.ts';
import type { JobFile } from '#domain/file/file.ts';
import type { Invoice } from '#domain/invoice/invoice.ts';
import type { WorkflowTemplate } from '#domain/job/template.ts';
import type { Quote, QuoteDraft } from '#domain/quote/quote.ts';
import { isOpen, type Run } from '#domain/run/run.ts';
import { newId } from '../../ids.ts';
import { withJob } from '../keys.ts';
import type { StoredRow } from '../read-rows.ts';
import { rowsOf } from '../rows-of.ts';
import { check, put, remove, update, type Write } from '../commit.ts';
import { tableName } from '../client.ts';
import { watched } from '../system.ts';
import type { Tenant } from '../tenant.ts';
import { ranges, rowsOfJob } from './job-rows.ts';
import { loadTemplates, templatesToShow, type ShopTemplates } from './templates.ts';

/** A job with everything a decision needs. */
export interface LoadedJob {
  job: Job;
  /** As the shop uses it. */
  template: WorkflowTemplate;
  parts: Part[];
  files: JobFile[];
  runs: Run[];
}

export const stateOf = ({ job, template, parts, files, runs }: LoadedJob): JobState => ({
  job,
  template,
  parts,
  files,
  openRuns: runs.filter(isOpen),
});

/** The job's own row alone; undefined when the shop has no such job. */
export async function findJob({ entities }: Tenant, jobId: string): Promise<Job | undefined> {
  return (await entities.job.get({ id: jobId }).go({ consistent: true })).data ?? undefined;
}

/** Consistent; undefined when the shop has no such job. */
export async function loadJob(t: Tenant, jobId: string): Promise<LoadedJob | undefined> {
  const [rows, templates] = await Promise.all([rowsOfJob(t, jobId, ranges.job), loadTemplates(t)]);
  return jobOf(t, rows, templates);
}

function jobOf(
  { entities }: Tenant,
  rows: readonly StoredRow[],
  templates: ShopTemplates,
): LoadedJob | undefined {
  const [job] = rowsOf(entities.job, rows);
  if (!job) return undefined;
  return {
    job,
    template: templates[job.template].template,
    parts: rowsOf(entities.part, rows),
    files: rowsOf(entities.file, rows),
    runs: rowsOf(entities.run, rows),
  };
}

/** The job as it was just loaded, or as it is now where only its id is known. */
export const loadedJob = async (t: Tenant, job: LoadedJob | string): Promise<LoadedJob | undefined> =>
  typeof job === 'string' ? loadJob(t, job) : job;

export const idOf = (job: LoadedJob | string): string => (typeof job === 'string' ? job : job.job.id);

/** What a page shows beside the loaded job. */
export interface JobHistory {
  quotes: Quote[];
  stays: Stay[];
  /** Oldest first. */
  invoices: Invoice[];
}

export async function loadHistory(t: Tenant, jobId: string): Promise<JobHistory> {
  return historyOf(t, await rowsOfJob(t, jobId, ranges.history));
}

const historyOf = ({ entities }: Tenant, rows: readonly StoredRow[]): JobHistory => ({
  quotes: rowsOf(entities.quote, rows),
  stays: rowsOf(entities.stay, rows),
  invoices: rowsOf(entities.invoice, rows),
});

/** Job and history in one query, for the page that asks most. Consistent; undefined when the shop has no such job. */
export async function loadJobWithHistory(
  t: Tenant,
  jobId: string,
): Promise<(LoadedJob & { history: JobHistory }) | undefined> {
  const [rows, templates] = await Promise.all([
    rowsOfJob(t, jobId, ranges.jobAndHistory),
    templatesToShow(t),
  ]);
  const loaded = jobOf(t, rows, templates);
  return loaded && { ...loaded, history: historyOf(t, rows) };
}

/** Every version of a job's offer, oldest first. */
export async function quotesOfJob({ entities }: Tenant, jobId: string): Promise<Quote[]> {
  return (await entities.quote.query.ofJob({ jobId }).go({ consistent: true, pages: 'all' })).data;
}

export async function loadQuote(
  { entities }: Tenant,
  jobId: string,
  version: number,
): Promise<Quote | undefined> {
  return (await entities.quote.get({ jobId, version }).go({ consistent: true })).data ?? undefined;
}

export async function loadQuoteDraft({ entities }: Tenant, jobId: string): Promise<QuoteDraft | undefined> {
  return (await entities.quoteDraft.get({ jobId }).go({ consistent: true })).data ?? undefined;
}

export async function loadStay(
  { entities }: Tenant,
  jobId: string,
  visit: number,
): Promise<Stay | undefined> {
  return (await entities.stay.get({ jobId, visit }).go({ consistent: true })).data ?? undefined;
}

export interface JobPage {
  jobs: Job[];
  cursor?: string;
}

/** Jobs of the shop, of one status or of one customer; most recently changed first. */
export async function listJobs(
  { entities }: Tenant,
  filter: { status?: Status | undefined; customerId?: string | undefined },
  page: { limit: number; cursor?: string | undefined },
): Promise<JobPage> {
  const options = { order: 'desc', limit: page.limit, cursor: page.cursor ?? null } as const;
  const query = filter.customerId
    ? entities.job.query.ofCustomer({ customerId: filter.customerId })
    : filter.status
      ? entities.job.query.inStatus({ status: filter.status })
      : entities.job.query.recent({});
  const { data, cursor } = await query.go(options);
  return { jobs: data, ...(cursor ? { cursor } : {}) };
}

/** Seconds after a change of status within which the workflow must have noticed it, else the reconciler looks. */
const noticeSeconds = 120;
export const noticeBy = (now: string): string =>
  new Date(Date.parse(now) + noticeSeconds * 1000).toISOString();

/** The shop is part of it: all shops share one state machine, and no job of one has an execution of another's. */
export const executionName = (shopId: string, jobId: string, generation: number): string =>
  `${jobId}-${shopId.slice('shop_'.length)}-g${generation}`;

const putJob = ({ entities }: Tenant, job: Job, before: Job): Write =>
  put(
    'job',
    entities.job
      .put({ ...job, customerId: job.customer.customerId })
      .where(({ version }, { eq }) => eq(version, before.version))
      .params(),
  );

/** Fails the transaction when the job is another version by now. */
export const unchanged = ({ shopId }: Tenant, jobId: string, version: number): Write =>
  check(
    'version',
    { TableName: tableName, Key: { pk: `SHOP#${shopId}#JOB#${jobId}`, sk: withJob } },
    'version',
    version,
  );

/** The rows of a new job: itself, its first stay, its workflow, its first event. */
export function createJobWrites(
  t: Tenant,
  job: Job,
  template: WorkflowTemplate,
  actor: Actor,
  now: string,
): Write[] {
  const { entities } = t;
  return [
    put('job', entities.job.create({ ...job, customerId: job.customer.customerId }).params()),
    put('stay', entities.stay.create({ jobId: job.id, ...openStay(job, template, now) }).params()),
    put(
      'workflow',
      entities.workflow
        .create({
          jobId: job.id,
          shopId: t.shopId,
          generation: 1,
          executionName: executionName(t.shopId, job.id, 1),
          enteredVersion: 0,
          ...watched('WORKFLOW', job.id, noticeBy(now)),
        })
        .params(),
    ),
    eventWrite(t, job, { type: 'job.created', data: { number: job.number } }, actor, now),
  ];
}

/** In whose words the customer answered; their own name and none without. */
export type QuoteAnswer = Pick<Quote, 'answeredBy' | 'answer'>;

/** What goes into a decision's transaction beside the decision. */
export interface DecisionContext {
  template: WorkflowTemplate;
  actor: Actor;
  now: string;
  /** The workflow's generation that asks. */
  generation?: number | undefined;
  answer?: QuoteAnswer | undefined;
  /** Of the event, when somebody has to know it. */
  eventId?: string;
}

/**
 * The rows of one decision: job, changed parts, stays, the answered quote, the workflow's watch entry, the event. A transaction may
 * name each row once, so the fence of a workflow's own command (`generation`) is a condition of the watch entry.
 */
export function decisionWrites(
  t: Tenant,
  before: Job,
  { job, parts, event }: Decision,
  { template, actor, now, generation, answer, eventId }: DecisionContext,
): Write[] {
  const { entities } = t;
  const writes = [
    putJob(t, job, before),
    ...parts.map((part) => put('part', entities.part.put({ ...part, jobId: job.id }).params())),
    eventWrite(t, job, event, actor, now, eventId),
    ...quoteWrites(t, before, job, { actor, now, answer }),
  ];
  if (event.transition)
    writes.push(
      update(
        'stay',
        entities.stay.patch({ jobId: job.id, visit: before.visit }).set({ leftAt: now }).params(),
      ),
      put('stay', entities.stay.create({ jobId: job.id, ...openStay(job, template, now) }).params()),
    );
  if (!wakesWorkflow(event) && generation === undefined) return writes;
  const workflow = entities.workflow.patch({ jobId: job.id });
  const watch =
    isLive(job) || isLive(before)
      ? workflow.set({ ...watched('WORKFLOW', job.id, noticeBy(now)), decidedVersion: job.version })
      : workflow.remove(['syspk', 'syssk']);
  writes.push(
    generation === undefined
      ? update('workflow', watch.params())
      : update('generation', watch.where((row, { eq }) => eq(row.generation, generation)).params()),
  );
  return writes;
}

/** The version in force keeps how it ended, and who said so. */
function quoteWrites(
  { entities }: Tenant,
  { quote: before }: Job,
  { id: jobId, quote, customer }: Job,
  { actor, now, answer }: Pick<DecisionContext, 'actor' | 'now' | 'answer'>,
): Write[] {
  if (!before || quote?.version !== before.version || quote.state === before.state) return [];
  const { version, state } = quote;
  const answered = ['approved', 'changes_requested', 'declined'].includes(state);
  const name = actor.kind === 'customer' ? customer.name : 'name' in actor ? actor.name : customer.name;
  const said = answered ? { answeredAt: now, answeredBy: name, ...answer } : {};
  return [
    update(
      'quote',
      entities.quote
        .patch({ jobId, version })
        .set({ state, ...said })
        .params(),
    ),
  ];
}

/** A change of the job that no command makes (a draft's lines, the payment axis): version check, optional event. */
export function amendWrites(
  t: Tenant,
  before: Job,
  changes: Partial<Job>,
  now: string,
  event?: { event: LoggedEvent; actor: Actor },
): Write[] {
  return replaceWrites(t, before, { ...before, ...changes }, now, event);
}

/** Like `amendWrites`, with the whole job as it is to be. */
export function replaceWrites(
  t: Tenant,
  before: Job,
  after: Job,
  now: string,
  event?: { event: LoggedEvent; actor: Actor },
): Write[] {
  const job: Job = { ...after, version: before.version + 1, updatedAt: now };
  return [putJob(t, job, before), ...(event ? [eventWrite(t, job, event.event, event.actor, now)] : [])];
}

/** An outbox row. The relay numbers it and puts it on the bus. */
export function eventWrite(
  t: Tenant,
  job: Pick<Job, 'id' | 'customer'>,
  event: LoggedEvent,
  actor: Actor,
  now: string,
  id = newId('evt'),
): Write {
  return put(
    'event',
    t.entities.event
      .create({
        id,
        shopId: t.shopId,
        jobId: job.id,
        customerId: job.customer.customerId,
        type: event.type,
        at: now,
        actor,
        ...(event.transition ? { transition: event.transition } : {}),
        data: event.data,
        ...(event.quiet ? { quiet: true } : {}),
        ...(event.undoUntil === undefined ? {} : { undoUntil: event.undoUntil }),
        ...watched('OUTBOX', id, now),
      })
      .params(),
  );
}

export const putPart = ({ entities }: Tenant, jobId: string, part: Part): Write =>
  put('part', entities.part.create({ ...part, jobId }).params());

/** Writes a line that is there. */
export const replacePart = ({ entities }: Tenant, jobId: string, part: Part): Write =>
  put('part', entities.part.put({ ...part, jobId }).params());

export const removePart = ({ entities }: Tenant, jobId: string, partId: string): Write =>
  remove('part', entities.part.remove({ jobId, id: partId }).params());

export const putQuote = ({ entities }: Tenant, quote: Quote): Write =>
  put('quote', entities.quote.create(quote).params());

/** Saves a draft; who saved it meanwhile has changed the job's version. */
export const putQuoteDraft = ({ entities }: Tenant, draft: QuoteDraft): Write =>
  put('quoteDraft', entities.quoteDraft.put(draft).params());

/** The execution that waits has to look at the job again, though its status is the same; `job` as it is to be. */
export const wakeWrite = (
  { entities }: Tenant,
  { id: jobId, version: decidedVersion }: Pick<Job, 'id' | 'version'>,
  now: string,
): Write =>
  update(
    'workflow',
    entities.workflow
      .patch({ jobId })
      .set({ ...watched('WORKFLOW', jobId, noticeBy(now)), decidedVersion })
      .params(),
  );

export const updateStay = ({ entities }: Tenant, jobId: string, stay: Stay): Write =>
  put('stay', entities.stay.put({ ...stay, jobId }).params());
