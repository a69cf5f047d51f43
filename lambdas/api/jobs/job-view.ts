import { legalCommands } from '#domain/job/decide.ts';
import type { Job } from '#domain/job/job.ts';
import { fabrication } from '#domain/job/template.ts';
import type { PricedOrder } from '#domain/price/price-order.ts';
import type { JobSummary, JobView } from '#contract/views/job.ts';
import type { PricedOrderView } from '#contract/views/price.ts';
import { actorOf, type ShopCaller } from '../../http/caller.ts';
import { loadHistory } from '../../adapters/dynamo/repositories/jobs.ts';
import { listMachines } from '../../adapters/dynamo/repositories/farm.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { visibleJob } from '../access.ts';
import { partView } from './part-view.ts';

type Audience = 'shop' | 'customer';
const audienceOf = (caller: ShopCaller): Audience => (caller.kind === 'staff' ? 'shop' : 'customer');

export function jobSummary(job: Job, caller: ShopCaller): JobSummary {
  const {
    id,
    number,
    title,
    status,
    customer,
    quote,
    payment,
    reworkCycle,
    wantedBy,
    version,
    createdAt,
    updatedAt,
  } = job;
  const label = fabrication.labels[status][audienceOf(caller)];
  const rework =
    caller.kind === 'staff' && status === 'in_production' && reworkCycle > 0
      ? ` (rework ${reworkCycle})`
      : '';
  return {
    id,
    number,
    title,
    status,
    statusLabel: label + rework,
    customer,
    quote,
    payment,
    reworkCycle,
    wantedBy,
    version,
    createdAt,
    updatedAt,
  };
}

/** Cost, margin and how a unit price is built up never leave the shop. */
export function priceFor(price: PricedOrder, caller: ShopCaller): PricedOrderView {
  const all = structuredClone(price) as unknown as PricedOrderView;
  if (caller.kind === 'staff') return all;
  return {
    ...all,
    lines: all.lines.map(({ partId, name, quantity, unitMinor, totalMinor, estimate }) => ({
      partId,
      name,
      quantity,
      unitMinor,
      totalMinor,
      estimate,
      components: [],
    })),
  };
}

/** The job as the caller may see it, as it is now. @throws ApiError not_found */
export async function renderJob(t: Tenant, caller: ShopCaller, jobId: string): Promise<JobView> {
  const { job, parts, files, runs } = await visibleJob(t, caller, jobId);
  const [{ quotes, stays, invoices }, machines] = await Promise.all([
    loadHistory(t, jobId),
    runs.length > 0 ? listMachines(t) : [],
  ]);
  const audience = audienceOf(caller);
  const live = new Map(machines.map(({ machine, live }) => [machine.currentRunId, live]));
  return {
    ...jobSummary(job, caller),
    delivery: job.delivery,
    note: job.note,
    parts: parts.map(partView),
    files: files.map(({ jobId: _, ...file }) => file) as JobView['files'],
    quotes: quotes.map(({ jobId: _, basis: __, price, ...quote }) => ({
      ...quote,
      price: priceFor(price, caller),
    })),
    runs: runs.map(({ jobId: _, voided: __, ...run }) => {
      const now = live.get(run.id);
      return { ...run, ...(now ? { percent: now.percent, etaSeconds: now.etaSeconds } : {}) };
    }),
    stays: stays.map(({ visit, status, enteredAt, leftAt }) => ({
      visit,
      status,
      label: fabrication.labels[status][audience],
      enteredAt,
      leftAt,
    })),
    invoiceId: invoices.at(-1)?.id,
    next: legalCommands(job, actorOf(caller, job.customer.name)),
  };
}
