import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { cancelJob, listJobEvents, submitJob } from '#contract/routes/jobs.ts';
import { getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import type { Call } from '#contract/client.ts';
import { openInstance } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer, walkPassword, type OpenShop } from '../../scripts/walk/people.ts';
import { draftWithPart } from '../../scripts/walk/request.ts';
import { bracket, kerfUrl } from './people.ts';

/** A shop with one request, its customer, and the owner signed in on the page. */
async function shopWithRequest(page: Page): Promise<{ shop: OpenShop; customer: Call; jobId: string }> {
  const instance = await openInstance(kerfUrl());
  const shop = await openShop(instance, 'Trouble Print Farm');
  const customer = await signInCustomer(instance, shop.slug);
  const model = { name: 'bracket.stl', content: new Uint8Array(readFileSync(bracket)) };
  const { id: jobId } = await draftWithPart(customer.call, 'A bracket', model);
  await customer.call(submitJob, { params: { jobId }, body: {} });
  await page.goto(`${kerfUrl()}/jobs/${jobId}`);
  await page.getByLabel('E-mail').fill(shop.ownerEmail);
  await page.getByRole('textbox', { name: 'Password' }).fill(walkPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'A bracket' })).toBeVisible();
  return { shop, customer: customer.call, jobId };
}

const status = (page: Page, word: string) => page.locator('.mark', { hasText: word }).first();

test('a step whose answer is lost is repeated under the same key and happens once', async ({ page }) => {
  const { shop, jobId } = await shopWithRequest(page);
  const keys: (string | undefined)[] = [];
  await page.route('**/start-quoting', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('button', { name: 'Start quoting' }).click();
  await expect(status(page, 'In quoting')).toBeVisible();
  await expect.poll(() => keys.length).toBe(2);
  await expect(page.getByRole('button', { name: 'Send quote' })).toBeEnabled();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(keys[1]).toBe(keys[0]);
  const { events } = await shop.owner(listJobEvents, { params: { jobId } });
  expect(events.filter((event) => event.type === 'job.quoting_started')).toHaveLength(1);
});

test('without a live line the page still follows, and says that it polls', async ({ page }) => {
  await page.routeWebSocket(/\/mqtt$/, (socket) => void socket.close());
  const { customer, jobId } = await shopWithRequest(page);
  await expect(page.getByText('polling')).toBeVisible();
  await customer(cancelJob, { params: { jobId }, body: { reason: 'Found one in the attic' } });
  await expect(status(page, 'Canceled by customer')).toBeVisible();
});

test('a token that is over is renewed unnoticed; a session that is over asks to sign in again', async ({
  page,
}) => {
  const { shop } = await shopWithRequest(page);
  const spoil = (change: Record<string, unknown>) =>
    page.evaluate((patch) => {
      const held = JSON.parse(localStorage.getItem('kerf.staff') ?? '{}') as object;
      localStorage.setItem('kerf.staff', JSON.stringify({ ...held, ...patch }));
    }, change);

  await spoil({ expiresAt: 0 });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'A bracket' })).toBeVisible();
  await spoil({ idToken: 'not.a.token' });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'A bracket' })).toBeVisible();

  await spoil({ idToken: 'not.a.token', refreshToken: 'nor-this' });
  await page.reload();
  await page.getByLabel('E-mail').fill(shop.ownerEmail);
  await page.getByRole('textbox', { name: 'Password' }).fill('Wrong-Password-1');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('The e-mail or the password is wrong.');
  await page.getByRole('textbox', { name: 'Password' }).fill(walkPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'A bracket' })).toBeVisible();
});

test('prices changed by somebody else meanwhile are not overwritten', async ({ page }) => {
  const { shop } = await shopWithRequest(page);
  await page.getByRole('link', { name: 'Price book' }).click();
  await page.getByLabel('Markup').fill('55');
  const { version, currency: _, ...book } = await shop.owner(getPriceBook, {});
  await shop.owner(replacePriceBook, { body: { ...book, overheadPercent: 21 }, ifMatch: version });

  await page.getByRole('button', { name: 'Save prices' }).click();
  await expect(page.getByRole('alert')).toContainText('at version 2 by now');
  await page.getByRole('button', { name: 'Load the current one' }).click();
  await expect(page.getByLabel('Overhead')).toHaveValue('21');
  await page.getByLabel('Markup').fill('55,5');
  await page.getByLabel('Labor, per hour').fill('31.50');
  await page.getByRole('button', { name: 'Save prices' }).click();
  await expect(page.getByText('Version 3')).toBeVisible();
  expect(await shop.owner(getPriceBook, {})).toMatchObject({
    version: 3,
    overheadPercent: 21,
    markupPercent: 55.5,
    laborRateMinorPerHour: 3150,
  });
});
