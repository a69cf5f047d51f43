import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { mailWith } from '../../scripts/walk/instance.ts';

/** The Kerf under test. */
export const kerfUrl = (): string => {
  const url = process.env['KERF_URL'];
  if (!url) throw new Error('KERF_URL is not set: the tests are started by their own configuration.');
  return url;
};

export const ownerPassword = 'Workshop-2026-Kerf';
export const bracket = 'tests/models/sound/bracket.stl';

/** Signs a new person up by clicks and opens their shop. Answers with the portal's address. */
export async function openShopByClicks(page: Page, shopName: string): Promise<string> {
  const email = `owner-${randomUUID()}@shop.example`;
  await page.goto(`${kerfUrl()}/`);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Your name').fill('Ana Owner');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(ownerPassword);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByLabel('Code').fill(await codeFor(email, /confirmation code is (\d{6})/));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByLabel('Name of the shop').fill(shopName);
  await page.getByLabel('Currency').selectOption('EUR');
  await page.getByRole('button', { name: 'Open the shop' }).click();
  await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
  return page.getByLabel('Portal link').inputValue();
}

/** Signs a new customer in to a portal by the mailed code. Answers with their address. */
export async function signInCustomerByClicks(page: Page, portal: string): Promise<string> {
  const email = `customer-${randomUUID()}@mail.example`;
  await page.goto(portal);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Mail me a code' }).click();
  await page.getByLabel('Code').fill(await codeFor(email, /Your code for .* is (\d{6})/));
  await page.getByLabel('Your name').fill('Cleo Customer');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Your requests' })).toBeVisible();
  return email;
}

/** The digits in the newest mail that matches. */
export async function codeFor(email: string, pattern: RegExp): Promise<string> {
  const [, code = ''] = await mailWith({ url: kerfUrl() }, email, pattern);
  return code;
}
