import { stepsFor, whyNot } from '#domain/job/decide.ts';
import type { Job, Status } from '#domain/job/job.ts';
import { dueBeforeProduction } from '#domain/job/rules/conditions.ts';
import { mayUndo } from '#domain/job/undo.ts';
import { labelOf, type Audience, type WorkflowTemplate } from '#domain/job/template.ts';
import { orderOptions } from '#domain/price/order-options.ts';
import { isOpen } from '#domain/run/run.ts';
import type { JobVendor } from '#domain/vendor/vendor.ts';
import type { PricedOrder } from '#domain/price/price-order.ts';
import type { JobSummary, JobView } from '#contract/views/job.ts';
import type { PricedOrderView } from '#contract/views/price.ts';
import { actorOf, type ShopCaller } from '../../http/caller.ts';
import { now } from '../../adapters/clock.ts';
import {
  loadJobWithHistory,
  stateOf,
  type JobHistory,
  type LoadedJob,
} from '../../adapters/dynamo/repositories/jobs.ts';
import { telemetryOf } from '../../adapters/dynamo/repositories/farm.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { seenBy } from '../access.ts';
import {
  customerFacts,
  identityOf,
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

export const jobSummary = (job: Job, template: WorkflowTemplate, caller: ShopCaller): JobSummary =>
  caller.kind === 'staff' ? shopSummary(job, template) : customerSummary(job, template);

function shopSummary(job: Job, template: WorkflowTemplate): JobSummary {
  const { status, reworkCycle, promised, flags = [] } = job;
  const rework = status === 'in_production' && reworkCycle > 0 ? ` (rework ${reworkCycle})` : '';
  return {
    id: job.id,
    number: job.number,
    title: job.title,
    template: job.template,
    status,
    statusLabel: labelOf(template, status, 'shop') + rework,
    customer: identityOf(job),
    quote: job.quote,
    payment: job.payment,
    reworkCycle,
    wantedBy: job.wantedBy,
    promisedDate: promised?.date,
    salesperson: job.salesperson && { personId: job.salesperson.personId, name: job.salesperson.name },
    flags,
    version: job.version,
    createdAt: job.createdAt,
    updatedAt: job.updatedAt,
  };
}

const vendorOf = ({ vendorId, name, contact, email, requestId, toldAt, shows = [] }: JobVendor) => ({
  vendorId,
  name,
  contact,
  email,
  open: requestId !== undefined,
  toldAt,
  shows: [...shows],
});

/** The vendor's side and the terms are the shop's own. */
const shopFacts = (job: Job) => ({
  ...customerFacts(job),
  vendor: job.vendor && vendorOf(job.vendor),
  spec: job.spec,
  vendorPrice: job.vendorPrice,
  termsWaived: job.termsWaived,
  redoOf: job.redoOf,
});

/** All of a price, to the shop. */
export const shopPrice = (price: PricedOrder): PricedOrderView => price as unknown as PricedOrderView;

/** A price that the shop has not sent, as the caller may see it, with what the customer may do with it. */
export const unsentPriceFor = (price: PricedOrder, caller: ShopCaller): PricedOrderView =>
  caller.kind === 'staff'
    ? { ...shopPrice(price), options: orderOptions(price) }
    : unsentCustomerPrice(price);

/** What a job is made of, as one audience sees it. */
type Contents = Pick<JobView, 'parts' | 'files' | 'quotes' | 'runs' | 'stays'>;

const shopContents = (
  { parts, files, runs, template }: LoadedJob,
  { quotes, stays }: JobHistory,
): Contents => ({
  parts: parts.map(partOfShop),
  files: files.map(fileOfShop),
  quotes: quotes.map(({ jobId: _, basis: __, price, ...quote }) => ({ ...quote, price: shopPrice(price) })),
  runs: runs.map(({ jobId: _, voided: __, uncorrected: ___, operator, ...run }) => ({
    ...run,
    operator: operator?.name,
  })),
  stays: stays.map(({ visit, status, enteredAt, leftAt }) => ({
    visit,
    status,
    label: labelOf(template, status, 'shop'),
    enteredAt,
    leftAt,
  })),
});

const customerContents = (
  { parts, files, runs, template }: LoadedJob,
  { quotes, stays }: JobHistory,
): Contents => ({
  parts: parts.map(customerPart),
  files: files.map(customerFile),
  quotes: customerQuotes(quotes),
  runs: customerRuns(runs),
  stays: stays.map((stay) => customerStay(stay, template)),
});

/** What the caller may do now, where it leads, and what still stands in its way. */
function stepsOf(loaded: LoadedJob, caller: ShopCaller, audience: Audience): JobView['steps'] {
  const { job, template } = loaded;
  const state = stateOf(loaded);
  const instant = now();
  return stepsFor(template, job, actorOf(caller, job.customer.name)).map(({ command, to }) => {
    const missing = whyNot(state, command, instant)?.message;
    return {
      command,
      to: to.map((status) => ({ status, label: labelOf(template, status, audience) })),
      ...(missing === undefined ? {} : { missing }),
    };
  });
}

/** To who took the last step, while they can take it back. */
function undoOf({ job, template }: LoadedJob, caller: ShopCaller): Pick<JobView, 'undo'> {
  const { undo } = job;
  if (!undo || !mayUndo(job, actorOf(caller, job.customer.name), now())) return {};
  const status = undo.before.status ?? job.status;
  return { undo: { until: undo.until, to: { status, label: labelOf(template, status, 'shop') } } };
}

/** The usual way of the job, without the kind of delivery nobody asked for. */
function wayOf({ job, template, parts }: LoadedJob, audience: Audience): JobView['way'] {
  const other: Status[] =
    job.delivery === 'pickup' ? ['ready_for_shipping', 'shipped'] : ['ready_for_pickup'];
  const byHand = parts.some((part) => part.postProduction);
  const lastly = template.needsSignature ? [] : other;
  return template.road
    .filter((status) => !lastly.includes(status) && (byHand || status !== 'post_production'))
    .map((status) => ({ status, label: labelOf(template, status, audience) }));
}

/** The job as the caller may see it, as it is now. @throws ApiError not_found */
export async function renderJob(t: Tenant, caller: ShopCaller, jobId: string): Promise<JobView> {
  const loaded = seenBy(caller, await loadJobWithHistory(t, jobId));
  const { job, template, history } = loaded;
  const audience: Audience = caller.kind === 'staff' ? 'shop' : 'customer';
  // Of a run that is only requested a machine has nothing to tell; what it did before is not its progress.
  const begun = loaded.runs.filter((run) => isOpen(run) && run.state !== 'requested');
  const busy = new Set(begun.map(({ machineId }) => machineId));
  const live = new Map((await telemetryOf(t, [...busy])).map((told) => [told.runId, told]));
  const contents =
    caller.kind === 'staff' ? shopContents(loaded, history) : customerContents(loaded, history);
  const steps = stepsOf(loaded, caller, audience);
  return {
    ...jobSummary(job, template, caller),
    delivery: job.delivery,
    note: job.note,
    ...(audience === 'shop' ? shopFacts(job) : customerFacts(job)),
    ...undoOf(loaded, caller),
    dueBeforeProductionMinor: dueBeforeProduction(stateOf(loaded)),
    way: wayOf(loaded, audience),
    ...contents,
    runs: contents.runs.map((run) => {
      const now = live.get(run.id);
      return { ...run, ...(now ? { percent: now.percent, etaSeconds: now.etaSeconds } : {}) };
    }),
    invoiceId: history.invoices.at(-1)?.id,
    steps,
    next: steps.map(({ command }) => command),
  };
}
