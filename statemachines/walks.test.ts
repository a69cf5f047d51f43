import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { Route } from '#contract/route.ts';
import { openCheckout } from '#contract/routes/billing.ts';
import * as jobs from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import type { JobView } from '#contract/views/job.ts';
import { statuses, templateNames } from '#domain/job/job.ts';
import { startCloud, type RunningCloud } from '#local/cloud.ts';
import { payAtCheckout } from '../scripts/walk/checkout.ts';
import { advanceClock, openInstance, until } from '../scripts/walk/instance.ts';
import { allowInstantOrders, openShop, signInCustomer } from '../scripts/walk/people.ts';
import { openDraft, openPiece, type People, type Wish } from '#tests/support/drive.ts';
import { openFloor, produce } from '#tests/support/shop-floor.ts';
import { inspectAndPass } from '../scripts/walk/quality.ts';

interface Walk {
  name: string;
  wish?: Omit<Wish, 'title'>;
  'moves the clock'?: true;
  steps: StepName[];
  /** Every status the job has stood in, in order. */
  trail: string[];
}
const walks = JSON.parse(
  readFileSync(join(import.meta.dirname, 'job-lifecycle.walks.json'), 'utf8'),
) as Walk[];
const still = walks.filter((walk) => !walk['moves the clock']);
const timed = walks.filter((walk) => walk['moves the clock']);

const dataDir = mkdtempSync(join(tmpdir(), 'kerf-walks-'));
const dayMs = 86_400_000;
let cloud: RunningCloud;
let people: People;
let machines: SFNClient;
let shopId: string;
let customerId: string;

beforeAll(async () => {
  cloud = await startCloud({ dataDir, port: 0, root: join(import.meta.dirname, '..') });
  machines = new SFNClient({});
  const instance = await openInstance(cloud.url);
  const { owner, slug, ...shop } = await openShop(instance, 'Walk Works');
  shopId = shop.shopId;
  await allowInstantOrders(owner);
  const [customer, floor] = await Promise.all([signInCustomer(instance, slug), openFloor(cloud, owner, 4)]);
  people = { owner, customer: customer.call, floor };
  customerId = customer.customerId;
});

afterAll(async () => {
  machines?.destroy();
  await cloud?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

type Step = (job: JobView) => Promise<unknown>;
const params = (job: JobView) => ({ params: { jobId: job.id } });
const version = (job: JobView) => job.quote?.version ?? 0;
const reason = 'as agreed';
/** A step that is one command of one actor; what it says may depend on the job as it stands. */
const command =
  (by: 'owner' | 'customer', route: Route, body: (job: JobView) => object = () => ({})): Step =>
  (job) =>
    people[by](route, { params: { jobId: job.id }, body: body(job) });
const withReason = () => ({ reason });
const byHand = [{ name: 'Ring', quantity: 1, unitMinor: 90_000 }];
/** A day as people write it, `count` days from now. */
const inDays = (count: number): string =>
  new Date(cloud.clock.now().getTime() + count * dayMs).toISOString().slice(0, 10);

const steps = {
  submit: command('customer', jobs.submitJob),
  start_quoting: command('owner', jobs.startQuoting),
  send_quote: command('owner', jobs.sendQuote),
  withdraw: command('owner', jobs.withdrawQuote),
  approve: command('customer', jobs.approveQuote, (job) => ({ version: version(job), name: 'Cleo' })),
  request_changes: command('customer', jobs.requestChanges, (job) => ({
    version: version(job),
    message: 'in red',
  })),
  decline: command('customer', jobs.declineQuote, (job) => ({ version: version(job), reason })),
  start: async (job) => {
    const machineId = await people.floor.takeMachine();
    const body = { partId: job.parts[0]?.id ?? '', machineId, quantity: 1 };
    return people.owner(jobs.startRun, { ...params(job), body });
  },
  end_print: async (job) => {
    const runId = job.runs[0]?.id ?? '';
    const at = cloud.clock.now().toISOString();
    await people.floor.state({ kind: 'finished', runId, at, seconds: 60, grams: 3 });
    await until('the piece to be counted', async () => (await look(job)).parts[0]?.made === 1);
  },
  print: (job) => produce(people.floor, people.owner, job.id),
  place: async (job) => {
    const { totalMinor } = await people.customer(jobs.getPrice, params(job));
    const body = { totalMinor: totalMinor ?? 0, name: 'Cleo' };
    return people.customer(lifecycle.placeOrder, { ...params(job), body });
  },
  provide_po: command('customer', lifecycle.providePurchaseOrder, () => ({ number: 'PO-7' })),
  ask_payment: command('owner', lifecycle.askPayment),
  release: command('owner', lifecycle.releaseJob),
  release_unpaid: command('owner', lifecycle.releaseJob, () => ({ override: reason })),
  pay: async (job) => {
    const invoiceId = await until('the invoice', async () => (await look(job)).invoiceId);
    const { url } = await people.customer(openCheckout, { params: { invoiceId }, body: { returnPath: '/' } });
    await payAtCheckout(url);
    await until('the payment', async () => {
      const now = await look(job);
      return now.payment === 'paid' && !['waiting_for_payment', 'payment_due'].includes(now.status);
    });
  },
  fault: command('owner', lifecycle.reportFault, (job) => ({
    partId: job.parts[0]?.id ?? '',
    count: 1,
    reason,
  })),
  ship: command('owner', lifecycle.shipJob, () => ({ carrier: 'Post', tracking: '1Z' })),
  ask_vendor: command('owner', lifecycle.askVendor, () => ({
    vendor: { name: 'Casting House', email: 'casting@vendor.example' },
  })),
  vendor_price: command('owner', lifecycle.recordVendorPrice, () => ({ costMinor: 30_000 })),
  vendor_price_passed_on: command('owner', lifecycle.recordVendorPrice, () => ({
    costMinor: 30_000,
    offer: { lines: byHand },
  })),
  vendor_declines: command('owner', lifecycle.declineVendorRequest, withReason),
  recall: command('owner', lifecycle.recallVendorRequest),
  record_price: command('owner', lifecycle.recordPrice, () => ({ lines: byHand })),
  offer_by_hand: command('owner', jobs.sendQuote, () => ({ lines: byHand })),
  begin_work: command('owner', lifecycle.beginWork),
  ready: command('owner', lifecycle.markReady),
  sign: command('owner', jobs.handOver, () => ({ receivedBy: 'Cleo' })),
  redo: command('owner', lifecycle.redoJob, () => ({ reason, promisedDate: inDays(20) })),
  move_to_check: command('owner', lifecycle.changeJob, () => ({
    to: 'quality_check',
    reason,
    override: true,
  })),
  resume_in_review: command('owner', jobs.resumeJob, () => ({ to: 'review' })),
  po_falls_due: async (job) => {
    await advanceClock(cloud, 30 * dayMs + 1000);
    await until('the due payment', async () => (await look(job)).status === 'payment_due');
  },
  vendor_is_silent: async (job) => {
    await advanceClock(cloud, 2 * dayMs + 1000);
    await until('the reminder', async () => (await eventsOf(job)).includes('vendor.reminder_due'));
  },
  finish: command('owner', jobs.finishProduction),
  pass: async ({ id }) => void (await inspectAndPass(people.owner, id)),
  fail: command('owner', jobs.failCheck, (job) => ({ partId: job.parts[0]?.id ?? '', count: 1, reason })),
  hand_over: command('owner', jobs.handOver),
  confirm_delivery: command('owner', jobs.confirmDelivery),
  hold: command('owner', jobs.holdJob, withReason),
  resume: command('owner', jobs.resumeJob),
  cancel_by_customer: command('customer', jobs.cancelJob, withReason),
  cancel_by_shop: command('owner', jobs.cancelJob, withReason),
  reopen: command('owner', jobs.reopenJob, withReason),
  three_days: async (job) => {
    await advanceClock(cloud, 3 * dayMs + 1000);
    await until('the reminder', async () => (await eventsOf(job)).includes('quote.reminder_due'));
  },
  a_month: async (job) => {
    await advanceClock(cloud, 30 * dayMs);
    await until('the expiry', async () => (await eventsOf(job)).includes('quote.expired'));
  },
} satisfies Record<string, Step>;
type StepName = keyof typeof steps;

const look = (job: JobView) => people.owner(jobs.getJob, params(job));
const eventsOf = async (job: JobView): Promise<string[]> =>
  (await people.owner(jobs.listJobEvents, params(job))).events.map((event) => event.type);

/** Pieces are opened at the counter, everything else by the customer. */
function open(wish: Wish): Promise<JobView> {
  const { title, template } = wish;
  if (template !== 'custom' && template !== 'repair') return openDraft(people, wish);
  return openPiece(people.owner, { title, template, customerId, promisedDate: inDays(20) });
}

async function replay({ name, wish, steps: names, trail }: Walk): Promise<void> {
  let job = await open({ title: name, ...wish });
  for (const step of names) {
    await steps[step](job);
    job = await look(job);
  }
  expect(job.stays.map((stay) => stay.status)).toEqual(trail);
  // The stays join up: each begins when the one before it ends, and only the last is open.
  for (const [index, stay] of job.stays.entries()) {
    expect(stay.visit).toBe(index + 1);
    expect(stay.leftAt).toBe(job.stays[index + 1]?.enteredAt);
  }
  await executionSucceeds(job.id);
}

/** The job's newest execution comes to its end by itself; those before it were replaced. */
async function executionSucceeds(jobId: string): Promise<void> {
  const { loadWorkflow } = await import('#lambdas/adapters/dynamo/repositories/workflows.ts');
  const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
  await until(`the execution of ${jobId} to succeed`, async () => {
    const workflow = await loadWorkflow(tenant(shopId), jobId);
    const stateMachineArn = process.env['STATE_MACHINE_ARN'] ?? '';
    const { executions } = await machines.send(new ListExecutionsCommand({ stateMachineArn }));
    const newest = executions?.find((each) => each.name === workflow?.executionName);
    expect(newest?.status).not.toBe('FAILED');
    return newest?.status === 'SUCCEEDED';
  });
}

test('each template has walks, and together they visit every status', () => {
  expect(new Set(walks.map(({ wish }) => wish?.template ?? 'fabrication'))).toEqual(new Set(templateNames));

  const visited = new Set(walks.flatMap((walk) => walk.trail));
  expect(statuses.filter((status) => !visited.has(status))).toEqual([]);
});

// All at once: each takes as long as all of them need.
test.concurrent.each(still)('$name', (walk) => replay(walk), 150_000);
test.each(timed)('$name', (walk) => replay(walk));
