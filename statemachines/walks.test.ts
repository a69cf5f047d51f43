import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { Route } from '#contract/route.ts';
import * as jobs from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { statuses } from '#domain/job/job.ts';
import { startCloud, type RunningCloud } from '#local/cloud.ts';
import { advanceClock, openInstance, until } from '../scripts/walk/instance.ts';
import { openShop, signInCustomer } from '../scripts/walk/people.ts';
import { openDraft, type People, type Wish } from '#tests/support/drive.ts';
import { openFloor, produce } from '#tests/support/shop-floor.ts';

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

beforeAll(async () => {
  cloud = await startCloud({ dataDir, port: 0, root: join(import.meta.dirname, '..') });
  machines = new SFNClient({});
  const instance = await openInstance(cloud.url);
  const { owner, slug, ...shop } = await openShop(instance, 'Walk Works');
  shopId = shop.shopId;
  const [customer, floor] = await Promise.all([signInCustomer(instance, slug), openFloor(cloud, owner, 4)]);
  people = { owner, customer: customer.call, floor };
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
  finish: command('owner', jobs.finishProduction),
  pass: command('owner', jobs.passCheck),
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
    await until('the expiry', async () => (await look(job)).status === 'quoting');
  },
} satisfies Record<string, Step>;
type StepName = keyof typeof steps;

const look = (job: JobView) => people.owner(jobs.getJob, params(job));
const eventsOf = async (job: JobView): Promise<string[]> =>
  (await people.owner(jobs.listJobEvents, params(job))).events.map((event) => event.type);

async function replay({ name, wish, steps: names, trail }: Walk): Promise<void> {
  let job = await openDraft(people, { title: name, ...wish });
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

test('the walks visit every status', () => {
  const visited = new Set(walks.flatMap((walk) => walk.trail));
  expect(statuses.filter((status) => !visited.has(status))).toEqual([]);
});

test.concurrent.each(still)('$name', (walk) => replay(walk));
test.each(timed)('$name', (walk) => replay(walk));
