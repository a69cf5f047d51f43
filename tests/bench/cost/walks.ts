/** Takes jobs of every template through their whole life and prints, as JSON, what each of them asked of AWS. Run with the meter loaded. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startCloud } from '#local/cloud.ts';
import { triggered } from '#local/lambda/triggers.ts';
import { templateNames, type TemplateName } from '#domain/job/job.ts';
import type { JobView } from '#contract/views/job.ts';
import { listMachines } from '#contract/routes/farm.ts';
import { getJob, listJobEvents, listJobs } from '#contract/routes/jobs.ts';
import { walkFabrication } from '../../../scripts/walk/fabrication.ts';
import { openInstance } from '../../../scripts/walk/instance.ts';
import { signInCustomer } from '../../../scripts/walk/people.ts';
import { walkOrder } from '../../../scripts/walk/order.ts';
import { walkCustom, walkRepair } from '../../../scripts/walk/piece.ts';
import { openStage, paramsOf, type RefusedFile, type Stage } from '../../../scripts/walk/stage.ts';
import type { RunningAgent } from '../../../scripts/walk/farm.ts';
import { forgetOwnTimes, isApi, metered, readMeter, readOwnTimes, type Amounts } from './meter.ts';
import type { Figures, Measured } from './figures.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const jobsEach = Number(process.argv[2] ?? 2);
const warmUpRounds = 300;
const telemetrySeconds = Number(process.argv[3] ?? 30);
const model = {
  name: 'bracket.stl',
  content: new Uint8Array(readFileSync(join(root, 'tests', 'models', 'sound', 'bracket.stl'))),
};
const walks: Record<TemplateName, (stage: Stage) => Promise<JobView | RefusedFile>> = {
  fabrication: (stage) => walkFabrication(stage, model),
  order: (stage) => walkOrder(stage, model),
  custom: walkCustom,
  repair: walkRepair,
};

const dataDir = mkdtempSync(join(tmpdir(), 'kerf-cost-'));
const cloud = await startCloud({
  dataDir,
  port: 0,
  root,
  around: metered,
  apart: isApi,
  onError: () => undefined,
});
let agent: RunningAgent | undefined;
const figures: Figures = {
  templates: {},
  telemetry: {},
  reads: {},
  authorizer: {},
  schedules: {},
  youngMs: { elapsed: {}, processor: {} },
  ownMs: { elapsed: {}, processor: {} },
};
try {
  const stage = await openStage(await openInstance(cloud.url), () => undefined, {
    dataDir: join(dataDir, 'agent'),
    speed: 3000,
    onAgent: (running) => (agent = running),
  });
  // The first of each kind loads code and fills caches.
  for (const name of templateNames) await walks[name](stage);
  await cloud.settled();
  figures.youngMs = readOwnTimes();
  await warmUp(stage);
  forgetOwnTimes();
  for (const name of templateNames) figures.templates[name] = await measured(name, stage);
  figures.reads = await reads(stage);
  figures.telemetry = await telemetry();
  const all = readMeter();
  figures.authorizer = all['authorize-request'] ?? {};
  for (const { spec } of triggered('schedule')) figures.schedules[spec.name] = all[spec.name] ?? {};
  figures.ownMs = readOwnTimes();
} finally {
  await agent?.stop();
  await cloud.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.stdout.write(`\n${JSON.stringify(figures)}\n`);
process.exit(0);

/** An environment in the cloud serves thousands of calls; those of the first hundred are slower, while V8 still learns what is hot. */
async function warmUp({ shop }: Stage): Promise<void> {
  const { jobs } = await shop.owner(listJobs, {});
  for (let round = 0; round < warmUpRounds; round += 1) {
    const job = jobs[round % jobs.length];
    if (job) await shop.owner(getJob, paramsOf(job));
    await shop.owner(listJobs, {});
    await shop.owner(listMachines, {});
  }
  await cloud.settled();
}

async function measured(name: TemplateName, stage: Stage): Promise<Measured> {
  await cloud.settled();
  const [before, transitions] = [readMeter(), cloud.workflow.transitions()];
  let [events, runs, printSeconds] = [0, 0, 0];
  for (let count = 0; count < jobsEach; count += 1) {
    // A customer of its own, who signs in for it: links of earlier jobs are not mistaken for this one's.
    const customer = await signInCustomer(stage.instance, stage.shop.slug);
    const job = await walks[name]({ ...stage, customer });
    if ('refused' in job) throw new Error(`${model.name} was refused`);
    const log = await stage.shop.owner(listJobEvents, paramsOf(job));
    events += log.events.length;
    runs += job.runs.length;
    printSeconds += job.runs.reduce((sum, run) => sum + run.estimatedSeconds, 0);
  }
  await cloud.settled();
  return {
    jobs: jobsEach,
    events,
    runs,
    printSeconds,
    transitions: cloud.workflow.transitions() - transitions,
    functions: difference(before, readMeter()),
  };
}

/** What pages load again whenever something happens. */
async function reads(stage: Stage): Promise<Record<string, Amounts>> {
  await cloud.settled();
  const before = readMeter();
  const { jobs } = await stage.shop.owner(listJobs, {});
  for (const { id } of jobs) {
    await stage.shop.owner(getJob, paramsOf({ id }));
    await stage.shop.owner(listJobs, {});
  }
  return difference(before, readMeter());
}

/** What an agent's regular messages ask for, with nothing else going on. */
async function telemetry(): Promise<Amounts> {
  // The walks have moved the clock: the first message after them comes from an agent that counted as lost.
  const heard = () => readMeter()['ingest-snapshots']?.['calls'] ?? 0;
  for (const last = heard(); heard() === last;) await pause(500);
  await cloud.settled();
  const before = readMeter();
  await pause(telemetrySeconds * 1000);
  await cloud.settled();
  return difference(before, readMeter())['ingest-snapshots'] ?? {};
}

function difference(
  before: Record<string, Amounts>,
  after: Record<string, Amounts>,
): Record<string, Amounts> {
  const functions: Record<string, Amounts> = {};
  for (const [name, amounts] of Object.entries(after)) {
    const grown = Object.entries(amounts)
      .map(([unit, amount]) => [unit, amount - (before[name]?.[unit] ?? 0)] as const)
      .filter(([, amount]) => amount > 0);
    if (grown.length > 0) functions[name] = Object.fromEntries(grown);
  }
  return functions;
}
