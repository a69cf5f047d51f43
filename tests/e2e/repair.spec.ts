import { expect, test } from '@playwright/test';
import { expectClean } from './clean.ts';
import { openShopByClicks, signInCustomerByClicks } from './people.ts';

test('CO-08 a customer sees what a repair does, before and after, and orders the repaired copy; the shop gives its printer a profile', async ({
  browser,
}) => {
  const shop = await (await browser.newContext()).newPage();
  const customer = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  const portal = await openShopByClicks(shop, 'Mending Works');
  await signInCustomerByClicks(customer, portal);
  await customer.getByRole('button', { name: 'New request' }).click();
  await customer.getByLabel('Files', { exact: true }).setInputFiles(['tests/models/broken/holes25.stl']);
  await customer.getByLabel('Title').fill('A part with holes');
  await customer.getByRole('button', { name: 'Check the files and see the price' }).click();

  const repair = customer.getByRole('region', { name: 'Repair of holes25.stl' });
  await expect(repair.getByText(/^We can close 25 holes/)).toBeVisible();
  await expect(repair.getByRole('row', { name: 'Closed all round no yes' })).toBeVisible();
  await expectClean(customer, 'portal-repair');
  await repair.getByRole('button', { name: 'Order the repaired copy' }).click();
  await expect(customer.getByText('holes25 (repaired).stl').first()).toBeVisible();
  await expect(repair).toBeHidden();

  await shop.getByRole('link', { name: 'Price book' }).click();
  const profiles = shop.locator('section', { has: shop.getByRole('heading', { name: 'Slicer profiles' }) });
  await profiles.locator('input[type=file]').setInputFiles('tests/bench/profiles/fdm-draft-0.30.ini');
  await expect(profiles.getByText('Prints by fdm-draft-0.30.ini.')).toBeVisible();
  await expect(shop.getByText('Version 2')).toBeVisible();
  await expectClean(shop, 'office-profiles');
});
