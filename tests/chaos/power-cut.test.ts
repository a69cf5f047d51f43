import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import { addPrinter, connectAgent, runAgent } from '../../scripts/walk/farm.ts';
import { advanceClock, openInstance, undoPassedMs, until } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { runningExecutions } from '../integration/support/executions.ts';
import { cube } from '../integration/support/kerf.ts';
import { expectEachMailOnce, letMailsGo, quoted, wholeLog } from '../integration/support/orders.ts';
import { bringToEnd, offer, type DoneOrder, type Lane } from './order-lane.ts';
import { seeded } from './seeded.ts';
import { mailsOf, settle, startVictim, type Victim } from './victim.ts';

const cuts = 30;
const lanes = 4;
const mostOrdersPerLane = 5;
const printSpeed = 100_000;

/** What a start takes on two free cores; where it takes longer, everything does, and the cuts wait accordingly. */
const usualStartMs = 800;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function getUp(victim: Victim): Promise<number> {
  const began = Date.now();
  await victim.start();
  return Date.now() - began;
}

test('kill -9 of the whole thing at random moments under load, 30 times, loses and doubles nothing: events, mails, money and prints are counted', async () => {
  const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000);
  const random = seeded(seed);
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const dataDir = mkdtempSync(join(tmpdir(), 'kerf-chaos-'));
  const agentDir = join(dataDir, 'agent');
  const victim = await startVictim(dataDir);
  const instance = await openInstance(victim.url);
  const shop = await openShop(instance, 'Power Cut Prints');
  const printers = [];
  for (let index = 0; index < lanes; index += 1) printers.push(await addPrinter(shop.owner, `MK4 ${index}`));
  const machineIds = printers.map(({ id }) => id);
  let agent = await connectAgent(instance, shop.owner, machineIds, agentDir, { speed: printSpeed });
  const working: Lane[] = [];
  for (const machineId of machineIds) {
    const customer = await signInCustomer(instance, shop.slug);
    working.push({ instance, owner: shop.owner, customer, machineId, model: cube() });
  }

  try {
    let cut = 0;
    let slowness = 1;
    const done: DoneOrder[] = [];
    const offered: string[] = [];
    const load = Promise.all(
      working.map(async (lane) => {
        for (let order = 0; order < mostOrdersPerLane && cut < cuts; order += 1)
          done.push(await bringToEnd(lane));
        offered.push((await offer(lane)).id);
      }),
    );
    let failed: unknown;
    load.catch((error: unknown) => (failed = error));
    for (; cut < cuts && failed === undefined; cut += 1) {
      // Mostly while it gets up, now and then late enough that something gets done. Half a minute of business time goes by:
      // what nobody took is sent again, and an agent that is silent for three of them is missed.
      await pause((100 + random() * 800) * slowness);
      await advanceClock(victim, 31_000);
      if (random() < 0.25) await pause((1800 + random() * 1500) * slowness);
      const withAgent = random() < 0.5;
      await Promise.all([victim.kill(), withAgent ? agent.kill() : undefined]);
      slowness = Math.max(1, (await getUp(victim)) / usualStartMs);
      if (withAgent) agent = runAgent(agentDir, { speed: printSpeed });
    }
    const cutSeconds = seconds();
    await load;
    await settle(victim);

    expect((await victim.state()).deadLetters).toEqual([]);
    const log = await wholeLog(shop.owner);
    const story = (jobId: string) => log.filter((event) => event.jobId === jobId).map(({ type }) => type);
    for (const { jobId } of done)
      expect(story(jobId)).toEqual([
        'job.created',
        'job.submitted',
        'quote.sent',
        'quote.approved',
        'run.requested',
        'run.finished',
        'job.finished',
        'inspection.recorded',
        'check.passed',
        'job.handed_over',
        'invoice.issued',
        'invoice.paid',
      ]);
    for (const jobId of offered) expect(story(jobId)).toEqual(['job.created', 'job.submitted', 'quote.sent']);
    expect(log).toHaveLength(done.length * 12 + offered.length * 3);

    const { jobs: all } = await shop.owner(jobs.listJobs, { query: { limit: 100 } });
    expect(all.map(({ id }) => id).sort()).toEqual([...done.map(({ jobId }) => jobId), ...offered].sort());

    const addresses = [shop.ownerEmail, ...working.map(({ customer }) => customer.email)];
    await letMailsGo(instance, shop.owner, log);
    expectEachMailOnce(shop.shopId, log, await mailsOf(victim, addresses));

    expect(done.map(({ invoiceNumber }) => invoiceNumber).sort()).toEqual(
      done.map((_, index) => `INV-${String(index + 1).padStart(6, '0')}`),
    );
    const simulated = async (what: string) =>
      (await (await fetch(`http://127.0.0.1:${victim.payments}/_sim/${what}`)).json()) as Record<
        string,
        never
      >;
    const { charges } = (await simulated('charges')) as unknown as { charges: { amount: number }[] };
    expect(charges.map(({ amount }) => amount).sort()).toEqual(
      done.map(({ totalMinor }) => totalMinor).sort(),
    );
    const { events } = (await simulated('events')) as unknown as {
      events: { type: string; data: { object: { client_reference_id: string } } }[];
    };
    expect(
      events
        .filter(({ type }) => type === 'checkout.session.completed')
        .map(({ data }) => data.object.client_reference_id)
        .sort(),
    ).toEqual(done.map(({ invoiceId }) => invoiceId).sort());

    const folder = join(agentDir, 'printers');
    const printed = readdirSync(folder).flatMap((name) =>
      (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { prints: { runId: string }[] }).prints.map(
        ({ runId }) => runId,
      ),
    );
    expect(printed.sort()).toEqual(done.map(({ runId }) => runId).sort());

    Object.assign(process.env, victim.environment);
    await until(
      'one execution per live job',
      async () => (await runningExecutions()).length === offered.length,
    );
    expect((await runningExecutions()).map((name) => name.split('-')[0]).sort()).toEqual(offered.sort());
    console.log(
      `seed ${seed}: ${cuts} power cuts in ${cutSeconds} s, ${done.length} orders paid, ${log.length} events, all counted after ${seconds()} s`,
    );
  } catch (error) {
    const state = await victim.state().then(JSON.stringify, () => 'Kerf is down');
    const words = error instanceof Error ? error.message : String(error);
    throw new Error(`With CHAOS_SEED=${seed}: ${words}\n${state}`, { cause: error });
  } finally {
    await agent.kill();
    await victim.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 900_000);

test('a kill between the provider taking a mail and our marking it does not send the mail twice', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kerf-chaos-'));
  const victim = await startVictim(dataDir, 'Your quote for');
  try {
    const instance = await openInstance(victim.url);
    const shop = await openShop(instance, 'Half Sent');
    const customer = await signInCustomer(instance, shop.slug);
    // The answer may be cut off with the process: what counts is what was stored.
    await quoted({ instance, shop, customer }).catch(() => undefined);
    await advanceClock(instance, undoPassedMs).catch(() => undefined);
    await victim.ended();
    await victim.start();
    await settle(victim);
    const log = await wholeLog(shop.owner);
    expect(log.map(({ type }) => type)).toContain('quote.sent');
    await letMailsGo(instance, shop.owner, log);
    expectEachMailOnce(shop.shopId, log, await mailsOf(victim, [shop.ownerEmail, customer.email]));
  } finally {
    await victim.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 300_000);
