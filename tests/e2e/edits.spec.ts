import { expect, test } from '@playwright/test';
import { bracket, openShopByClicks, signInCustomerByClicks } from './people.ts';

test('a request is edited by its customer as a draft, and by the shop after it was sent', async ({
  browser,
}) => {
  const shop = await (await browser.newContext()).newPage();
  const customer = await (await browser.newContext()).newPage();
  const portal = await openShopByClicks(shop, 'Edited By Clicks');
  await signInCustomerByClicks(customer, portal);

  await customer.getByRole('button', { name: 'New request' }).click();
  await customer
    .getByLabel('Files', { exact: true })
    .setInputFiles([bracket, 'tests/models/broken/holes25.stl']);
  await customer.getByLabel('Title').fill('First thought');
  await customer.getByRole('button', { name: 'Check the files and see the price' }).click();
  await expect(customer.getByText('Needs repair')).toBeVisible();

  await customer.getByRole('button', { name: 'Edit' }).click();
  await customer.getByLabel('Title').fill('Second thought');
  await customer.getByLabel('Delivery').selectOption('shipping');
  await customer.getByRole('button', { name: 'Save' }).click();
  await expect(customer.getByRole('heading', { name: 'Second thought' })).toBeVisible();
  await expect(customer.getByText('To be shipped')).toBeVisible();

  await customer.getByRole('button', { name: 'Take off holes25.stl' }).click();
  await expect(customer.getByText('Needs repair')).toHaveCount(0);
  await expect(customer.getByText('1 × bracket.stl')).toBeVisible();
  await customer.getByRole('button', { name: 'Ask for a quote' }).click();
  await expect(customer.locator('.mark', { hasText: 'Received' }).first()).toBeVisible();

  await shop.getByRole('link', { name: 'Jobs' }).click();
  await shop.getByRole('link', { name: 'Second thought' }).click();
  await shop.getByRole('button', { name: 'Edit bracket.stl' }).click();
  await shop.getByLabel('Quantity').fill('4');
  await shop.getByRole('button', { name: 'Save' }).click();
  await expect(shop.getByText('4 × bracket.stl').first()).toBeVisible();
  await shop.getByRole('button', { name: 'Edit', exact: true }).click();
  await shop.getByLabel('Title').fill('Third thought');
  await shop.getByRole('button', { name: 'Save' }).click();
  await expect(shop.getByRole('heading', { name: 'Third thought' })).toBeVisible();
  await expect(shop.getByText('Changed: title')).toBeVisible();
});
