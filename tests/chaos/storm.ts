import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Call } from '#contract/client.ts';
import * as jobs from '#contract/routes/jobs.ts';
import type { EventView } from '#contract/views/job.ts';
import { addPrinter, connectAgent } from '../../scripts/walk/farm.ts';
import { callerOf, openInstance, type Instance } from '../../scripts/walk/instance.ts';
import {
  allowInstantOrders,
  openShop,
  signInCustomer,
  signInPerson,
  type OpenShop,
} from '../../scripts/walk/people.ts';
import { runningExecutions } from '../integration/support/executions.ts';
import { cube } from '../integration/support/kerf.ts';
import { expectEachMailOnce, letMailsGo, wholeLog } from '../integration/support/orders.ts';
import type { FaultCounts } from './faults.ts';
import { insist, stuttering, type Lane } from './order-lane.ts';
import { seeded } from './seeded.ts';
import type { Played, Story } from './stories.ts';
import { mailsOf, settle, startVictim, type Victim } from './victim.ts';

export interface StormOptions {
  /** Played in turns. */
  stories: readonly Story[];
  jobs: number;
  /** Jobs at the same time, each lane with a customer and a printer of its own. */
  lanes: number;
  seed: number;
  /** Seconds between one kill -9 of the whole and the next; 0: never. */
  killEverySeconds: number;
  progress?: (line: string) => void;
}

export interface StormResult {
  jobs: number;
  events: number;
  mails: number;
  charges: number;
  prints: number;
  kills: number;
  faults: FaultCounts;
  seconds: number;
}

interface Told extends Played {
  story: Story;
}

/**
 * Plays stories of every template while faults of every kind are planted, and counts at the end: every job's log and status are those of
 * the same story played in calm, each mail, charge and print is there once. @throws naming the seed
 */
export async function storm(options: StormOptions): Promise<StormResult> {
  const { seed, stories, progress = () => undefined } = options;
  const random = seeded(seed);
  const began = Date.now();
  const dataDir = mkdtempSync(join(tmpdir(), 'kerf-storm-'));
  const agentDir = join(dataDir, 'agent');
  const victim = await startVictim(dataDir);
  const instance = await openInstance(victim.url);
  const shop = await openShop(instance, 'Storm Works');
  const owner = signedInAnew(instance, shop);
  await allowInstantOrders(owner);
  const printers = [];
  for (let index = 0; index < options.lanes; index += 1)
    printers.push(await addPrinter(owner, `MK4 ${index}`));
  const machineIds = printers.map(({ id }) => id);
  const agent = await connectAgent(instance, owner, machineIds, agentDir, { speed: 100_000 });
  const lanes: Lane[] = [];
  for (const machineId of machineIds) {
    const customer = await signInCustomer(instance, shop.slug);
    lanes.push({ instance, owner, customer, machineId, model: cube() });
  }
  try {
    const [first] = lanes;
    if (!first) throw new Error('A storm needs a lane');
    const calm: Told[] = [];
    for (const story of stories) calm.push({ story, ...(await story.play(first)) });
    await settle(victim);
    progress(`${stories.length} stories played in calm`);

    const prints = new Map<string, string>();
    notePrints(agentDir, prints);
    victim.plant(seed);
    const told: Told[] = [];
    let [next, kills, over] = [0, 0, false];
    const killing = (async () => {
      while (options.killEverySeconds > 0 && !over) {
        await pause(options.killEverySeconds * 1000 * (0.5 + random()));
        if (over) return;
        await victim.kill();
        await victim.start();
        victim.plant(seed + (kills += 1));
      }
    })();
    await Promise.all(
      lanes.map(async (lane) => {
        const noisy: Lane = {
          ...lane,
          owner: stuttering(lane.owner, random),
          customer: { ...lane.customer, call: stuttering(lane.customer.call, random) },
        };
        while (next < options.jobs) {
          const story = stories[next % stories.length];
          next += 1;
          if (story) told.push({ story, ...(await story.play(noisy)) });
          notePrints(agentDir, prints);
          if (told.length % 50 === 0) progress(`${told.length} jobs at their ends`);
        }
      }),
    );
    over = true;
    await killing;
    const faults = await victim.calm();
    await settle(victim);
    const addresses = [shop.ownerEmail, ...lanes.map(({ customer }) => customer.email)];
    notePrints(agentDir, prints);
    const printed = [...prints.values()];
    const counted = await count({ victim, owner, shopId: shop.shopId, addresses, printed }, calm, told);
    return { ...counted, jobs: told.length, kills, faults, seconds: (Date.now() - began) / 1000 };
  } catch (error) {
    const state = await victim.state().then(JSON.stringify, () => 'Kerf is down');
    const words = error instanceof Error ? error.message : String(error);
    throw new Error(`With seed ${seed}: ${words}\n${state}`, { cause: error });
  } finally {
    await agent.kill();
    await victim.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The owner as a caller who signs in again before the hour of a token is over. */
function signedInAnew(instance: Instance, { ownerEmail, ownerToken, shopId }: OpenShop): Call {
  const lasts = 30 * 60_000;
  let [token, until] = [Promise.resolve(ownerToken), Date.now() + lasts];
  return async (route, input) => {
    if (Date.now() > until) {
      until = Date.now() + lasts;
      token = insist('sign in', () => signInPerson(instance, ownerEmail));
    }
    return callerOf(instance, { kind: 'staff', token: await token, shopId })(route, input);
  };
}

interface Aftermath {
  victim: Victim;
  owner: Lane['owner'];
  shopId: string;
  addresses: readonly string[];
  /** A run id for each time that anything was printed. */
  printed: readonly string[];
}

/** A printer remembers its newest prints only, so they are noted after each story: the run of each by run and beginning. */
function notePrints(agentDir: string, prints: Map<string, string>): void {
  const folder = join(agentDir, 'printers');
  for (const name of readdirSync(folder)) {
    const printer = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      prints: { runId: string; startedAt: number }[];
    };
    for (const { runId, startedAt } of printer.prints) prints.set(`${runId} ${startedAt}`, runId);
  }
}

async function count(
  { victim, owner, shopId, addresses, printed }: Aftermath,
  calm: readonly Told[],
  told: readonly Told[],
): Promise<Pick<StormResult, 'events' | 'mails' | 'charges' | 'prints'>> {
  const { deadLetters } = await victim.state();
  expect(deadLetters).toEqual([]);
  const log = await wholeLog(owner);
  const outcomeOf = async ({ jobId }: Told) => {
    const { status, payment, parts } = await owner(jobs.getJob, { params: { jobId } });
    const made = parts.map(({ made: count, scrapped }) => [count, scrapped]);
    return { log: typesOf(log, jobId), status, payment, made };
  };
  const wanted = new Map<string, unknown>();
  for (const each of calm) wanted.set(each.story.name, await outcomeOf(each));
  for (const each of told)
    expect(await outcomeOf(each), `${each.jobId}: ${each.story.name}`).toEqual(wanted.get(each.story.name));
  const all = [...calm, ...told];
  expect(new Set(log.map(({ jobId }) => jobId))).toEqual(new Set(all.map(({ jobId }) => jobId)));

  await letMailsGo(victim, owner, log);
  const mails = await mailsOf(victim, addresses);
  const templates = new Map(all.map(({ jobId, story }) => [jobId, story.template]));
  expectEachMailOnce(shopId, log, mails, (jobId) => templates.get(jobId) ?? 'fabrication');

  const { charges } = (await (await fetch(`http://127.0.0.1:${victim.payments}/_sim/charges`)).json()) as {
    charges: { amount: number }[];
  };
  const paid = all.flatMap((each) => each.paid);
  expect(sorted(charges.map(({ amount }) => amount))).toEqual(
    sorted(paid.map(({ totalMinor }) => totalMinor)),
  );
  expect(new Set(paid.map(({ invoiceId }) => invoiceId)).size).toBe(paid.length);

  expect([...printed].sort()).toEqual(all.flatMap(({ runIds }) => runIds).sort());

  Object.assign(process.env, victim.environment);
  const executing = (await runningExecutions()).map((name) => name.split('-')[0]);
  expect(executing.length).toBe(new Set(executing).size);
  return { events: log.length, mails: mails.length, charges: charges.length, prints: printed.length };
}

/** What happened to a job, whatever the order in which independent things were written. */
const typesOf = (log: readonly EventView[], jobId: string): string[] =>
  log
    .filter((event) => event.jobId === jobId)
    .map(({ type }) => type)
    .sort();

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((one, other) => one - other);
