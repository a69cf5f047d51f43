import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { mailWith } from '../../scripts/walk/instance.ts';
import { bracket, kerfUrl, openShopByClicks } from './people.ts';

test('DF-24 DF-25 DF-26 DF-27 the quotation tool: the customer first, then models, a price by hand with its reason, a draft, and the offer', async ({
  page,
}) => {
  await openShopByClicks(page, 'Quoting Print Farm');
  await test.step('JT-04: the old address of custom builds leads to the list of all jobs', async () => {
    for (const path of ['custom-builds', 'work-orders/123']) {
      await page.goto(`${kerfUrl()}/${path}`);
      await expect(page).toHaveURL(/\/jobs$/);
    }
    await expect(page.getByRole('heading', { name: 'Jobs', exact: true })).toBeVisible();
  });
  const email = `caller-${randomUUID()}@mail.example`;
  await page.getByRole('link', { name: 'Quotation tool' }).click();
  await page.getByLabel('Name').fill('Carla Caller');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('What is it?').fill('Brackets by phone');
  await page.getByRole('button', { name: 'Go on to the models' }).click();

  await expect(page.getByRole('heading', { name: 'Quote for Carla Caller' })).toBeVisible();
  await page.getByLabel('Files').setInputFiles(bracket);
  await page.getByLabel('Material').selectOption('PETG');
  await page.getByLabel('Quantity', { exact: true }).fill('12');
  await page.getByRole('button', { name: 'Add the part' }).click();

  const line = page.getByRole('group', { name: 'bracket.stl' });
  await expect(line.getByText('12 × bracket.stl')).toBeVisible();
  await expect(line.getByText(/costs us €.* margin/)).toBeVisible();
  await line.getByLabel('Price each').fill('4.50');
  await expect(page.getByText('Say why you change a line')).toBeVisible();
  await line.getByLabel('Why').fill('promised on the phone');
  await expect(line.getByText('€54.00')).toBeVisible();
  await page.getByRole('button', { name: 'Add an extra line' }).click();
  await page.getByRole('textbox', { name: 'Extra line' }).fill('Gift box');
  const box = page.getByRole('group', { name: 'Gift box' });
  await box.getByLabel('Price each').fill('6');
  await box.getByLabel('Why').fill('asked for it');
  const send = page.getByRole('button', { name: 'Send €60.00' });
  await expect(send).toBeDisabled();
  await page.getByLabel('Message to the customer').fill('As promised.');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect(send).toBeEnabled();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
  ).toEqual([]);
  await page.screenshot({ path: 'test-results/quote-editor.png', fullPage: true });

  await page.reload();
  await expect(page.getByRole('group', { name: 'bracket.stl' }).getByLabel('Price each')).toHaveValue('4.50');
  await page.getByRole('button', { name: 'Send €60.00' }).click();
  await expect(page.locator('.mark', { hasText: 'Quoted' }).first()).toBeVisible();
  const [, link = ''] = await mailWith({ url: kerfUrl() }, email, /Review and approve: (\S+)/);
  await page.goto(link);
  await expect(page.getByText('Gift box')).toBeVisible();
  await expect(page.getByText('promised on the phone')).toHaveCount(0);
});
