import { invoiceInBooks } from '../keys.ts';
import { readRows, type StoredRow } from '../read-rows.ts';
import type { Tenant } from '../tenant.ts';
import { emailHash } from './customers.ts';

/**
 * Ways to find everything a shop has without a scan; `logged` finds jobs by the shop's log, even those whose own row is gone. What only
 * passes through (answers to repeated calls, counts of calls, sign-in codes) is found by none: it expires within days.
 */
export const wholeShop = [
  'jobs',
  'logged',
  'customers',
  'vendors',
  'agents',
  'contents',
  'runRecords',
  'shop',
] as const;
export type Whole = (typeof wholeShop)[number];

const counters = ['jobs', 'invoices', 'credit_notes', 'purchase_orders', 'events'];

/** Partitions that every shop has one of, its own row last. */
const single = [
  'PRICEBOOK',
  'MACHINES',
  'AGENTS',
  'CHECKLISTS',
  'EXTERNALREFS',
  'LETTERHEAD',
  'MAILSETTINGS',
  'MAILTROUBLES',
  'TEMPLATES',
  'EXPORTS',
  'SUPPORT',
  'TROUBLES',
  'USAGE',
  'STANDING',
  ...counters.map((name) => `COUNTER#${name}`),
  'SHOP',
];
/** Says that the shop is to be deleted, and so outlives all others. */
const lastOfAll = 'CLOSING';

/** Kinds of partitions that the ways above reach, for the test that none is forgotten. */
export const reachedPartitions = [
  ...new Set(single.map((name) => name.split('#')[0] ?? name)),
  ...[lastOfAll, 'VISIT', 'JOB', 'PAY', 'CUSTOMER', 'EMAIL', 'VENDOR', 'AGENT', 'CONTENT', 'RUNS-WITH'],
];
/** Kinds of partitions whose rows expire by themselves. */
export const passingPartitions = ['IDEMPOTENCY', 'CALLS', 'CODE'];

const perPage = 20;

export interface Page {
  /** Each names what `rowsUnder` reads at once. */
  keys: string[];
  next?: string;
}

const pageFrom = (keys: readonly string[], next: string | null): Page => ({
  keys: [...new Set(keys)],
  ...(next === null ? {} : { next }),
});

/**
 * The next things of one kind, after `cursor`. Jobs come by their last change, oldest first: one that changes meanwhile comes again
 * and is never left out.
 */
export async function pageOf(t: Tenant, kind: Whole, cursor: string | undefined): Promise<Page> {
  const { entities } = t;
  const page = { limit: perPage, cursor: cursor ?? null };
  switch (kind) {
    case 'jobs': {
      const { data, cursor: next } = await entities.job.query.recent({}).go(page);
      return pageFrom(
        data.map(({ id }) => id),
        next,
      );
    }
    case 'logged': {
      const { data, cursor: next } = await entities.event.query.log({}).go(page);
      return pageFrom(
        data.map(({ jobId }) => jobId),
        next,
      );
    }
    case 'customers': {
      const { data, cursor: next } = await entities.customer.query.recent({}).go(page);
      return pageFrom(
        data.map(({ id }) => id),
        next,
      );
    }
    case 'vendors': {
      const { data, cursor: next } = await entities.vendor.query.ofShop({}).go(page);
      return pageFrom(
        data.map(({ id }) => id),
        next,
      );
    }
    case 'agents': {
      const { data, cursor: next } = await entities.agent.query.ofShop({}).go({ ...page, consistent: true });
      return pageFrom(
        data.map(({ id }) => id),
        next,
      );
    }
    case 'contents': {
      const { data, cursor: next } = await entities.checkedContent.query.ofShop({}).go(page);
      return pageFrom(
        data.map(({ bytes }) => String(bytes)),
        next,
      );
    }
    case 'runRecords': {
      const { data, cursor: next } = await entities.runRecord.query.ofShop({}).go(page);
      return pageFrom(
        data.map(({ materialId }) => materialId),
        next,
      );
    }
    case 'shop':
      return { keys: single };
  }
}

/** All rows that one key of a page stands for. Of a job, its own row is the last. */
export async function rowsUnder(t: Tenant, kind: Whole, key: string): Promise<StoredRow[]> {
  switch (kind) {
    case 'jobs':
    case 'logged':
      return rowsOfJob(t, key);
    case 'customers': {
      const rows = await readRows(t, `CUSTOMER#${key}`);
      const addresses = rows.flatMap(({ email }) => (typeof email === 'string' ? [emailHash(email)] : []));
      const beside = await Promise.all(addresses.map((hash) => readRows(t, `EMAIL#${hash}`)));
      return [...beside.flat(), ...rows];
    }
    case 'vendors':
      return readRows(t, `VENDOR#${key}`);
    case 'agents':
      return readRows(t, `AGENT#${key}`);
    case 'contents':
      return readRows(t, `CONTENT#${key}`);
    case 'runRecords':
      return readRows(t, `RUNS-WITH#${key}`);
    case 'shop': {
      const rows = await readRows(t, key);
      // What was done in a visit lies under the visit that the shop's list names.
      const visits = key === 'SUPPORT' ? rows.map(({ id }) => String(id)) : [];
      const acts = await Promise.all(visits.map((id) => readRows(t, `VISIT#${id}`)));
      return [...acts.flat(), ...rows];
    }
  }
}

const mostReads = 3;

/** A job that changes while its rows are read is read again. */
async function rowsOfJob(t: Tenant, jobId: string): Promise<StoredRow[]> {
  for (let read = 1; ; read += 1) {
    const rows = await readRows(t, `JOB#${jobId}`);
    const own = rows.filter(({ sk }) => sk === 'JOB');
    const targets = [
      jobId,
      ...rows.flatMap(({ sk, id }) => (sk.startsWith(invoiceInBooks) ? String(id) : [])),
    ];
    const tries = await Promise.all(targets.map((target) => readRows(t, `PAY#${target}`)));
    const version = (await t.entities.job.get({ id: jobId }).go({ consistent: true })).data?.version;
    if (own[0]?.['version'] === version || read === mostReads)
      return [...tries.flat(), ...rows.filter(({ sk }) => sk !== 'JOB'), ...own];
  }
}
