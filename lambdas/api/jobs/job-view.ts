import { legalCommands } from '#domain/job/decide.ts';
import type { Job } from '#domain/job/job.ts';
import { fabrication } from '#domain/job/template.ts';
import { orderOptions } from '#domain/price/order-options.ts';
import type { PricedOrder } from '#domain/price/price-order.ts';
import type { JobSummary, JobView } from '#contract/views/job.ts';
import type { PricedOrderView } from '#contract/views/price.ts';
import { actorOf, type ShopCaller } from '../../http/caller.ts';
import { loadHistory, type JobHistory, type LoadedJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { listMachines } from '../../adapters/dynamo/repositories/farm.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { visibleJob } from '../access.ts';
import {
  customerFile,
  customerPart,
  customerQuotes,
  customerRuns,
  customerStay,
  customerSummary,
} from './customer-view.ts';
import { unsentCustomerPrice } from './customer-price.ts';
import { fileOfShop } from './file-view.ts';
import { partOfShop } from './part-view.ts';

export function jobSummary(job: Job, caller: ShopCaller): JobSummary {
  return caller.kind === 'staff' ? shopSummary(job) : customerSummary(job);
}

function shopSummary(job: Job): JobSummary {
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
  const rework = status === 'in_production' && reworkCycle > 0 ? ` (rework ${reworkCycle})` : '';
  return {
    id,
    number,
    title,
    status,
    statusLabel: fabrication.labels[status].shop + rework,
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

/** All of a price, to the shop. */
export const shopPrice = (price: PricedOrder): PricedOrderView =>
  structuredClone(price) as unknown as PricedOrderView;

/** A price that the shop has not sent, as the caller may see it, with what the customer may do with it. */
export const unsentPriceFor = (price: PricedOrder, caller: ShopCaller): PricedOrderView =>
  caller.kind === 'staff'
    ? { ...shopPrice(price), options: orderOptions(price) }
    : unsentCustomerPrice(price);

/** What a job is made of, as one audience sees it. */
type Contents = Pick<JobView, 'parts' | 'files' | 'quotes' | 'runs' | 'stays'>;

const shopContents = ({ parts, files, runs }: LoadedJob, { quotes, stays }: JobHistory): Contents => ({
  parts: parts.map(partOfShop),
  files: files.map(fileOfShop),
  quotes: quotes.map(({ jobId: _, basis: __, price, ...quote }) => ({ ...quote, price: shopPrice(price) })),
  runs: runs.map(({ jobId: _, voided: __, uncorrected: ___, ...run }) => run),
  stays: stays.map(({ visit, status, enteredAt, leftAt }) => ({
    visit,
    status,
    label: fabrication.labels[status].shop,
    enteredAt,
    leftAt,
  })),
});

const customerContents = ({ parts, files, runs }: LoadedJob, { quotes, stays }: JobHistory): Contents => ({
  parts: parts.map(customerPart),
  files: files.map(customerFile),
  quotes: customerQuotes(quotes),
  runs: customerRuns(runs),
  stays: stays.map(customerStay),
});

/** The job as the caller may see it, as it is now. @throws ApiError not_found */
export async function renderJob(t: Tenant, caller: ShopCaller, jobId: string): Promise<JobView> {
  const loaded = await visibleJob(t, caller, jobId);
  const { job } = loaded;
  const [history, machines] = await Promise.all([
    loadHistory(t, jobId),
    loaded.runs.length > 0 ? listMachines(t) : [],
  ]);
  const contents =
    caller.kind === 'staff' ? shopContents(loaded, history) : customerContents(loaded, history);
  const live = new Map(machines.map(({ machine, live }) => [machine.currentRunId, live]));
  return {
    ...jobSummary(job, caller),
    delivery: job.delivery,
    note: job.note,
    ...contents,
    runs: contents.runs.map((run) => {
      const now = live.get(run.id);
      return { ...run, ...(now ? { percent: now.percent, etaSeconds: now.etaSeconds } : {}) };
    }),
    invoiceId: history.invoices.at(-1)?.id,
    next: legalCommands(job, actorOf(caller, job.customer.name)),
  };
}
