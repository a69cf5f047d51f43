import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assumed, billOfJob, billOfSchedules, telemetryBill } from './cost/billing.ts';
import type { Figures } from './cost/figures.ts';
import { byService, dollarsOf, prices, pricesOf, sum } from './cost/prices.ts';

const folder = join(import.meta.dirname, 'cost');
export const figuresFile = join(folder, 'figures.json');

/**
 * Takes jobs of every template through their whole life on the embedded cloud and prints what AWS would bill for each, at list prices,
 * and the API's own time. `--jobs N` of each template (2), `--seconds N` of telemetry (60), `--keep` stores the figures for the bench `scale`.
 */
export async function bench(args: string[]): Promise<void> {
  const option = (name: string, usual: number) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? usual : Number(args[at + 1]);
  };
  const figures = await measure(option('jobs', 2), option('seconds', 60));
  print(figures);
  if (args.includes('--keep'))
    writeFileSync(figuresFile, `${JSON.stringify(rounded(figures), undefined, 2)}\n`);
}

/** In a process of its own, with the meter loaded before anything else. */
function measure(jobs: number, seconds: number): Promise<Figures> {
  const child = spawn(
    process.execPath,
    ['--import', join(folder, 'meter.ts'), join(folder, 'walks.ts'), String(jobs), String(seconds)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      const last = Buffer.concat(chunks).toString('utf8').trim().split('\n').at(-1) ?? '';
      if (code === 0) resolve(JSON.parse(last) as Figures);
      else reject(new Error(`The walks ended with code ${code}.`));
    });
  });
}

const row = (label: string, ...cells: (string | number)[]) =>
  console.log(`${label.padEnd(30)}${cells.map((cell) => String(cell).padStart(13)).join('')}`);

function print(figures: Figures): void {
  const templates = Object.entries(figures.templates).map(([name, measured]) => {
    const { commands, reads, telemetry } = billOfJob(figures, measured);
    return { name, measured, parts: { commands, reads, telemetry }, bill: sum(commands, reads, telemetry) };
  });
  const amounts = (label: string, of: (each: (typeof templates)[number]) => number, digits = 0) =>
    row(label, ...templates.map((each) => of(each).toFixed(digits)));

  console.log(`One job's whole life, list prices of ${pricesOf} (US East), engine's own capacity figures\n`);
  row('', ...templates.map(({ name }) => name));
  amounts('events', ({ measured }) => measured.events / measured.jobs, 1);
  amounts('print hours', ({ measured }) => measured.printSeconds / measured.jobs / 3600, 1);
  amounts('API requests', ({ bill }) => bill.apiRequest ?? 0);
  amounts('Lambda requests', ({ bill }) => bill.invocation ?? 0);
  amounts('Lambda GB-seconds', ({ bill }) => bill.gigabyteSecond ?? 0, 1);
  amounts('write units', ({ bill }) => bill.writeUnit ?? 0);
  amounts('read units', ({ bill }) => bill.readUnit ?? 0);
  amounts('state transitions', ({ bill }) => bill.transition ?? 0);
  amounts('bus events', ({ bill }) => bill.busEvent ?? 0);
  amounts('mails', ({ bill }) => bill.mail ?? 0);
  amounts('IoT messages', ({ bill }) => bill.iotMessage ?? 0);
  amounts('log kB', ({ bill }) => (bill.logGigabyte ?? 0) * 1e6, 1);

  console.log('\nDollars per 1,000 jobs');
  const names = [...new Set(templates.flatMap(({ bill }) => byService(bill).map(([service]) => service)))];
  for (const service of names)
    amounts(service, ({ bill }) => 1000 * (byService(bill).find(([name]) => name === service)?.[1] ?? 0), 3);
  amounts('all', ({ bill }) => 1000 * dollarsOf(bill), 2);
  for (const part of ['commands', 'reads', 'telemetry'] as const)
    amounts(`  of it ${part}`, ({ parts }) => 1000 * dollarsOf(parts[part]), 2);

  console.log('\nFixed, dollars a month');
  row('scheduled functions', dollarsOf(billOfSchedules(figures)).toFixed(2));
  row('an agent, always connected', (dollarsOf(telemetryBill(figures)) * 24 * 30).toFixed(2));
  printOwnTimes(figures);
  console.log(
    `\nAssumed: ${assumed.jobPages} open pages of the job and ${assumed.listPages} list load again at every event; ` +
      `${assumed.platformLogBytes} B of Lambda's own log lines a call; X-Ray traces ${assumed.tracedShare * 100} %. ` +
      `Milliseconds of functions are this machine's, waiting for the embedded engine included.`,
  );
  console.log(`Prices: ${[...new Set(Object.values(prices).map(({ source }) => source))].join(', ')}`);
}

function printOwnTimes({ youngMs, ownMs }: Figures): void {
  const { elapsed, processor } = ownMs;
  console.log(`\nThe API's own time on this machine, without waiting for AWS, p50 / p99 in ms`);
  row('', 'calls', 'elapsed', 'of processor');
  for (const [label, times] of [
    ['environments just begun', youngMs],
    ['after some hundred calls', ownMs],
  ] as const) {
    const [all, used] = [Object.values(times.elapsed).flat(), Object.values(times.processor).flat()];
    const both = (values: readonly number[]) => `${percentile(values, 0.5)} / ${percentile(values, 0.99)}`;
    row(label, all.length, both(all), both(used));
  }
  const frequent = Object.entries(elapsed).filter(([, times]) => times.length >= 5);
  const often = frequent.sort(([, one], [, other]) => other.length - one.length).slice(0, 5);
  const slow = frequent
    .filter((each) => !often.includes(each))
    .sort(([, one], [, other]) => Number(percentile(other, 0.5)) - Number(percentile(one, 0.5)));
  for (const [route, times] of [...often, ...slow.slice(0, 8)])
    row(
      `  ${route}`.padEnd(60),
      times.length,
      percentile(times, 0.5),
      percentile(processor[route] ?? [], 0.5),
    );
}

const percentile = (values: readonly number[], share: number): string =>
  ([...values].sort((one, other) => one - other)[Math.floor(values.length * share)] ?? Number.NaN).toFixed(1);

const none = { elapsed: {}, processor: {} };
/** Short enough to be kept: three digits, no single calls. */
const rounded = (figures: Figures): unknown =>
  JSON.parse(
    JSON.stringify({ ...figures, youngMs: none, ownMs: none }, (_, value: unknown) =>
      typeof value === 'number' ? Number(value.toPrecision(6)) : value,
    ),
  );
