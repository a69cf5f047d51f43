import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/browser.ts';
import { bracket, openShopByClicks, signInCustomerByClicks } from './people.ts';
import startKerf from './start-kerf.ts';

/** What the price is to have moved within, ms. */
const promisedMs = 100;

/** Choices that take turns, so that each moves the price. */
const choices: Record<string, (page: Page, round: number) => Promise<unknown>> = {
  material: (page, round) =>
    page.getByLabel('Material').selectOption({ label: round % 2 === 0 ? 'PETG' : 'PLA' }),
  finish: (page, round) => page.getByLabel('Finish').selectOption({ index: (round + 1) % 2 }),
  infill: (page, round) => page.getByLabel('Infill').selectOption(round % 2 === 0 ? '60' : '30'),
  quantity: (page, round) => page.getByLabel('Quantity').fill(String(2 + (round % 90))),
};

/** A customer's page with one part that has its price. */
async function draftWithBracket(shop: Page, customer: Page): Promise<Page> {
  const portal = await openShopByClicks(shop, 'Bench Works');
  await shop.close();
  await signInCustomerByClicks(customer, portal);
  await customer.getByRole('button', { name: 'New request' }).click();
  await customer.getByLabel('Files', { exact: true }).setInputFiles(bracket);
  await customer.getByLabel('Title').fill('Priced as chosen');
  await customer.getByRole('button', { name: 'Check the files and see the price' }).click();
  await customer.locator(priceRow, { hasText: 'bracket.stl' }).waitFor({ timeout: 60_000 });
  return customer;
}

const priceRow = '[role="region"][aria-label="Price"] tbody tr';

type Watching = Window & { moved?: Promise<number> };

async function measure(page: Page, choose: () => Promise<unknown>): Promise<number> {
  // The next choice is made when this one is stored, as by somebody who looks first.
  const stored = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await page.evaluate(watch, priceRow);
  await choose();
  const ms = (await page.evaluate(() => (window as Watching).moved)) ?? NaN;
  const quantity = page.getByLabel('Quantity');
  if (await quantity.evaluate((field) => field === document.activeElement)) await quantity.blur();
  await stored;
  return ms;
}

/** In the page: from the next choice to the first frame in which the words are others. */
function watch(selector: string): void {
  const words = () => document.querySelector<HTMLElement>(selector)?.innerText;
  const before = words();
  (window as Watching).moved = new Promise<number>((resolve, reject) => {
    setTimeout(() => reject(new Error(`Still "${before}" after 20 s`)), 20_000);
    let from: number | undefined;
    const start = () => (from ??= performance.now());
    addEventListener('change', start, { capture: true, once: true });
    addEventListener('input', start, { capture: true, once: true });
    const look = () => {
      if (from !== undefined && words() !== before) resolve(performance.now() - from);
      else requestAnimationFrame(look);
    };
    look();
  });
}

function rowOf(name: string, times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => `${sorted[Math.floor(sorted.length * share)]!.toFixed(0)} ms`;
  const within = sorted.filter((ms) => ms <= promisedMs).length / sorted.length;
  return `${name.padEnd(10)} ${at(0.5).padStart(6)} ${at(0.95).padStart(6)}  ${(within * 100).toFixed(0)} %`;
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '25' } } });
const stop = await startKerf();
const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] });
try {
  const page = await draftWithBracket(await browser.newPage(), await browser.newPage());
  const all: number[] = [];
  console.log(`${''.padEnd(10)} median   95 %  within ${promisedMs} ms`);
  for (const [what, choose] of Object.entries(choices)) {
    const times: number[] = [];
    for (let round = -2; round < Number(values.rounds); round++) {
      const ms = await measure(page, () => choose(page, round + 2));
      if (round >= 0) times.push(ms);
    }
    all.push(...times);
    console.log(rowOf(what, times));
  }
  console.log(rowOf('all', all));
} finally {
  await browser.close();
  await stop();
}
