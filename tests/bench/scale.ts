import { existsSync, readFileSync } from 'node:fs';
import { functions } from '#contract/functions.ts';
import { billOfJob, billOfSchedules, telemetryBill } from './cost/billing.ts';
import type { Figures } from './cost/figures.ts';
import { byService, dollarsOf, sum, times, type Bill } from './cost/prices.ts';
import { figuresFile } from './cost.ts';
import { pressures, type Load } from './cost/quotas.ts';

const monthSeconds = 30 * 24 * 3600;
/** Shops work some eight hours of a working day: the busiest second is so many times the mean. */
const peak = 6;

interface World {
  shops: number;
  /** Of one shop: */
  jobs: number;
  agents: number;
  /** Open pages in working hours. */
  screens: number;
  /** Megabytes kept of one job: the file, its preview, its papers. */
  megabytes: number;
}

/**
 * What a month of so many shops asks of AWS and costs, from the measured figures of one job, and which quota breaks first.
 * `--shops N` (10, 1,000 and 100,000 without it), per shop: `--jobs N` a month (60), `--agents N` (1), `--screens N` (3), `--megabytes N` (12).
 */
export async function bench(args: string[]): Promise<void> {
  if (!existsSync(figuresFile)) throw new Error('Run the bench "cost" with --keep first.');
  const figures = JSON.parse(readFileSync(figuresFile, 'utf8')) as Figures;
  const option = (name: string, usual: number) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? usual : Number(args[at + 1]);
  };
  const one = {
    jobs: option('jobs', 60),
    agents: option('agents', 1),
    screens: option('screens', 3),
    megabytes: option('megabytes', 12),
  };
  const counts = args.includes('--shops') ? [option('shops', 1)] : [10, 1000, 100_000];
  console.log(
    `A shop has ${one.jobs} jobs a month, ${one.agents} agents, ${one.screens} open pages, ${one.megabytes} MB kept of each job. All fabrication.`,
  );
  for (const shops of counts) show({ shops, ...one }, figures);
}

/** A month's bill, and the load of its busiest second. */
export function month(world: World, figures: Figures): { bill: Bill; fixed: Bill; load: Load } {
  const measured = figures.templates.fabrication;
  if (!measured) throw new Error('The figures have no fabrication job.');
  const jobs = world.shops * world.jobs;
  const { commands, reads } = billOfJob(figures, measured);
  const ofJobs = times(sum(commands, reads), jobs);
  const ofAgents = times(telemetryBill(figures), world.shops * world.agents * 24 * 30);
  // Pages hold a connection in working hours.
  const ofScreens: Bill = { iotMinute: world.shops * world.screens * 8 * 60 * 22 };
  const gigabytes = (jobs * world.megabytes) / 1000;
  const rowGigabytes = (jobs * 0.12) / 1000;
  const kept: Bill = {
    objectGigabyteMonth: gigabytes,
    tableGigabyteMonth: rowGigabytes,
    backupGigabyteMonth: rowGigabytes,
  };
  const fixed = sum(billOfSchedules(figures), {
    webAclMonth: 1,
    webRuleMonth: 4,
    keyMonth: 3,
    dashboardMonth: 1,
    alarmMonth: functions.length * 2 + 20,
  });
  const bill = sum(ofJobs, ofAgents, ofScreens, kept);
  const perSecond = (amount = 0, times = peak) => (amount / monthSeconds) * times;
  return {
    bill,
    fixed,
    load: {
      apiRequests: perSecond(bill.apiRequest),
      invocations: perSecond(bill.invocation),
      gigabyteSeconds: perSecond(bill.gigabyteSecond),
      writeUnits: perSecond(bill.writeUnit),
      readUnits: perSecond(bill.readUnit),
      transitions: perSecond(bill.transition),
      busEvents: perSecond(bill.busEvent),
      mails: perSecond(bill.mail),
      mailsADay: (bill.mail ?? 0) / 22,
      agents: world.shops * world.agents,
      screens: world.shops * world.screens,
      // Agents speak by night as by day.
      agentMessages: perSecond(
        times(telemetryBill(figures), world.shops * world.agents * 24 * 30).iotRule,
        1,
      ),
      signatures: perSecond(bill.signature),
      openJobs: jobs / 2,
      relayedEvents: perSecond(bill.busEvent),
    },
  };
}

function show(world: World, figures: Figures): void {
  const { bill, fixed, load } = month(world, figures);
  const amount = (value = 0) => Math.round(value).toLocaleString('en');
  console.log(`\n== ${amount(world.shops)} shops, ${amount(world.shops * world.jobs)} jobs a month`);
  console.log(
    `API requests ${amount(bill.apiRequest)}, Lambda requests ${amount(bill.invocation)}, write units ${amount(bill.writeUnit)}, read units ${amount(bill.readUnit)},\n` +
      `state transitions ${amount(bill.transition)}, bus events ${amount(bill.busEvent)}, mails ${amount(bill.mail)}, IoT messages ${amount(bill.iotMessage)}, ` +
      `files ${amount(bill.objectGigabyteMonth)} GB, each month more`,
  );
  const all = sum(bill, fixed);
  console.log(
    byService(all)
      .map(([service, dollars]) => `${service} $${dollars.toFixed(2)}`)
      .join(', '),
  );
  const [total, monthly] = [dollarsOf(all), dollarsOf(fixed)];
  console.log(
    `$${total.toFixed(2)} a month, of it fixed $${monthly.toFixed(2)}; $${(total / world.shops).toFixed(2)} a shop`,
  );
  console.log('Quotas in the busiest second, share used:');
  for (const { name, used, limit, adjustable } of pressures(load).slice(0, 5))
    console.log(
      `  ${`${((used / limit) * 100).toPrecision(3)} %`.padStart(10)}  ${name}: ${used.toPrecision(3)} of ${limit.toLocaleString('en')}${adjustable ? ', can be raised' : ', fixed'}`,
    );
}
