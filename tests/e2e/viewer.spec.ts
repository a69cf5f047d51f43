import { expect, test, type Page } from '@playwright/test';
import { expectClean } from './clean.ts';
import { openShopByClicks, signInCustomerByClicks } from './people.ts';

async function requestWith(shop: Page, customer: Page, files: string[]): Promise<void> {
  const portal = await openShopByClicks(shop, 'Viewing Works');
  await signInCustomerByClicks(customer, portal);
  await customer.getByRole('button', { name: 'New request' }).click();
  await customer.getByLabel('Files', { exact: true }).setInputFiles(files);
  await customer.getByLabel('Title').fill('Parts to look at');
  await customer.getByRole('button', { name: 'Check the files and see the price' }).click();
}

test('DF-26 CX-3 an uploaded part is shown in 3D to the customer and to the shop, and its problems are pointed at', async ({
  browser,
}) => {
  const shop = await (await browser.newContext()).newPage();
  const customer = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await requestWith(shop, customer, ['tests/models/broken/holes25.stl']);

  const view = customer.getByRole('application', { name: /holes25.stl in 3D/ });
  await expect(view.locator('canvas')).toBeVisible({ timeout: 40_000 });

  await test.step('a chosen problem turns the camera to it', async () => {
    const before = await view.screenshot();
    await customer.getByRole('button', { name: 'Show where' }).first().click();
    await expect(customer.getByRole('button', { name: 'Show where' }).first()).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(async () => (await view.screenshot()).equals(before)).toBe(false);
  });

  await test.step('the keyboard turns, cuts and measures', async () => {
    await view.focus();
    const before = await view.screenshot();
    await customer.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await view.screenshot()).equals(before)).toBe(false);
    await customer.keyboard.press('x');
    await expect(customer.getByRole('button', { name: 'Section' })).toHaveAttribute('aria-pressed', 'true');
    await customer.keyboard.press('x');
    await customer.keyboard.press('m');
    await customer.keyboard.press('f');
    await expect(customer.getByRole('status').filter({ hasText: 'Click the first point' })).toBeVisible();
    const box = (await view.boundingBox())!;
    await customer.mouse.click(box.x + box.width * 0.45, box.y + box.height * 0.5);
    await customer.mouse.click(box.x + box.width * 0.58, box.y + box.height * 0.55);
    await expect(customer.getByText(/^Distance [\d.,]+ mm \([\d.,]+ in\)/)).toBeVisible();
  });

  await test.step('nothing of it is in the way of a screen reader or a narrow screen', () =>
    expectClean(customer, 'portal-viewer'));

  await test.step('the shop sees the picture in its list and opens the part', async () => {
    await customer.getByRole('button', { name: 'Order this file' }).click();
    await customer.getByRole('button', { name: 'Ask for a quote' }).click();
    await shop.getByRole('link', { name: 'Jobs' }).click();
    await shop.getByRole('link', { name: 'Parts to look at' }).click();
    const picture = shop.getByRole('button', { name: 'View holes25.stl' });
    await expect(picture.locator('img')).toHaveJSProperty('naturalWidth', 512);
    await picture.click();
    await expect(shop.getByRole('application', { name: /holes25.stl in 3D/ }).locator('canvas')).toBeVisible();
    await expectClean(shop, 'job-viewer');
  });
});
