import { readFileSync } from 'node:fs';
import { expect, test, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { sendQuote, submitJob } from '#contract/routes/jobs.ts';
import { addPrinter } from '../../scripts/walk/farm.ts';
import { openInstance } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer, walkPassword } from '../../scripts/walk/people.ts';
import { draftWithPart } from '../../scripts/walk/request.ts';
import { expectClean } from './clean.ts';
import { bracket, kerfUrl, openShopByClicks } from './people.ts';

type State = Exclude<BrowserContextOptions['storageState'], string | undefined>;

interface Scene {
  emptyShop: State;
  fullShop: State;
  customer: State;
  slug: string;
  draftId: string;
  waitingId: string;
  quotedId: string;
}

let scene: Scene;
test.beforeAll(async ({ browser }) => {
  scene = await setScene(browser);
});

/** An empty shop, and one with a printer, a draft, a request to be quoted and a quote to be answered. */
async function setScene(browser: Browser): Promise<Scene> {
  const instance = await openInstance(kerfUrl());
  const model = { name: 'bracket.stl', content: new Uint8Array(readFileSync(bracket)) };
  const shop = await openShop(instance, 'Scene Print Farm');
  await addPrinter(shop.owner);
  const customer = await signInCustomer(instance, shop.slug);
  const draft = await draftWithPart(customer.call, 'A draft', model);
  const waiting = await draftWithPart(customer.call, 'A request', model);
  await customer.call(submitJob, { params: { jobId: waiting.id }, body: {} });
  const quoted = await draftWithPart(customer.call, 'A quoted one', model);
  await customer.call(submitJob, { params: { jobId: quoted.id }, body: {} });
  await shop.owner(sendQuote, { params: { jobId: quoted.id }, body: { message: 'Gladly.' } });

  const fullPage = await browser.newPage();
  await fullPage.goto(`${kerfUrl()}/sign-in`);
  await fullPage.getByLabel('E-mail').fill(shop.ownerEmail);
  await fullPage.getByRole('textbox', { name: 'Password' }).fill(walkPassword);
  await fullPage.getByRole('button', { name: 'Sign in' }).click();
  await expect(fullPage.getByText('A quoted one')).toBeVisible();
  const emptyPage = await browser.newPage();
  await openShopByClicks(emptyPage, 'Empty Print Farm');
  const scene: Scene = {
    emptyShop: await emptyPage.context().storageState(),
    fullShop: await fullPage.context().storageState(),
    customer: {
      cookies: [],
      origins: [
        { origin: kerfUrl(), localStorage: [{ name: `kerf.portal.${shop.slug}`, value: customer.token }] },
      ],
    },
    slug: shop.slug,
    draftId: draft.id,
    waitingId: waiting.id,
    quotedId: quoted.id,
  };
  await fullPage.close();
  await emptyPage.close();
  return scene;
}

interface Stop {
  path: string;
  /** What is there once the page has its data. */
  shows: string | RegExp;
  then?: (page: Page) => Promise<void>;
  /** What the report calls it; its path when absent. */
  name?: string;
}

async function visit(browser: Browser, storageState: State | undefined, stops: Stop[]): Promise<void> {
  const context = await browser.newContext(storageState ? { storageState } : {});
  const page = await context.newPage();
  for (const { path, shows, then, name } of stops) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${kerfUrl()}${path}`);
    await expect(page.getByText(shows).first()).toBeVisible();
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    await then?.(page);
    await expectClean(page, name ?? path);
  }
  await context.close();
}

const press = (name: string) => (page: Page) => page.getByRole('button', { name }).click();

test("the shop's pages are accessible, light and dark, wide and narrow", async ({ browser }) => {
  await visit(browser, undefined, [
    { path: '/sign-in', shows: 'Sign in to Kerf' },
    { path: '/sign-up', shows: 'Your name' },
    { path: '/password', shows: 'Choose a new password' },
    { path: '/nowhere', shows: 'Nothing here' },
  ]);
  await visit(browser, scene.emptyShop, [
    { path: '/open-shop', shows: 'Open your shop' },
    { path: '/jobs', shows: 'No jobs yet', name: 'jobs-empty' },
    { path: '/jobs?status=on_hold', shows: 'No job is in' },
    { path: '/machines', shows: 'No machine yet', name: 'machines-empty' },
  ]);
  await visit(browser, scene.fullShop, [
    { path: '/jobs', shows: 'A quoted one' },
    {
      path: `/jobs/${scene.waitingId}`,
      name: 'job-menu',
      shows: 'How this price is made',
      then: async (page) => {
        await page.getByText('How this price is made').click();
        await page.getByRole('button', { name: 'Change' }).click();
        await expect(page.getByRole('button', { name: 'Start quoting' })).toBeVisible();
      },
    },
    { path: `/jobs/${scene.waitingId}`, shows: 'Price today', then: press('Send quote'), name: 'job-send' },
    { path: `/jobs/${scene.quotedId}`, shows: 'Waiting for the customer’s answer', name: 'job-quoted' },
    {
      path: '/jobs/job_00000000000000000000000000',
      shows: 'There is nothing here for you',
      name: 'job-unknown',
    },
    { path: '/machines', shows: 'Prusa MK4', then: press('Add a machine'), name: 'machines-add' },
    { path: '/machines', shows: 'Logged by hand', then: press('Connect an agent'), name: 'machines-agent' },
    { path: '/price-book', shows: 'Quantity breaks' },
    { path: '/settings', shows: 'Connected' },
  ]);
});

test('the forms of the settings are accessible, light and dark, wide and narrow', async ({ browser }) => {
  await visit(browser, scene.fullShop, [
    { path: '/settings/letterhead', shows: 'Open the sample' },
    { path: '/settings/workflows/order', shows: 'Waiting for review' },
    { path: '/settings/checklists/fdm', shows: 'What is looked at' },
    {
      path: `/jobs/${scene.quotedId}`,
      shows: 'Ordered from vendors',
      then: press('Write a purchase order'),
      name: 'job-purchase-order',
    },
  ]);
});

test("the portal's pages are accessible, light and dark, wide and narrow", async ({ browser }) => {
  const portal = `/p/${scene.slug}`;
  await visit(browser, undefined, [
    { path: portal, shows: 'Welcome to', name: 'portal-sign-in' },
    { path: '/p/no-such-shop', shows: 'Nothing here', name: 'portal-unknown' },
  ]);
  await visit(browser, scene.customer, [
    { path: portal, shows: 'A quoted one', name: 'portal-requests' },
    { path: `${portal}/new`, shows: 'Drop your files here', name: 'portal-new' },
    { path: `${portal}/job/${scene.draftId}`, shows: 'Ready to make', name: 'portal-draft' },
    { path: `${portal}/job/${scene.waitingId}`, shows: 'Where it stands', name: 'portal-waiting' },
    { path: `${portal}/job/${scene.quotedId}`, shows: 'Your quote is ready', name: 'portal-quoted' },
    {
      path: `${portal}/job/${scene.quotedId}`,
      shows: 'Your quote is ready',
      then: press('Decline'),
      name: 'portal-decline',
    },
  ]);
});
