import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { runAgent, type RunningAgent } from '../../scripts/walk/farm.ts';
import { mailWith } from '../../scripts/walk/instance.ts';
import { expectClean } from './clean.ts';
import { bracket, kerfUrl, openShopByClicks, signInCustomerByClicks } from './people.ts';

let agent: RunningAgent | undefined;
const agentDir = mkdtempSync(join(tmpdir(), 'kerf-e2e-agent-'));
test.afterAll(async () => {
  await agent?.stop();
  rmSync(agentDir, { recursive: true, force: true });
});

const status = (page: Page, word: string) => page.locator('.mark', { hasText: word }).first();

test('a job goes from sign-up to paid by clicks alone', async ({ browser }) => {
  const shop = await (await browser.newContext()).newPage();
  const customer = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();

  const portal = await test.step('CO-70: sign up, confirm, open a shop, learn the first steps', () =>
    openShopByClicks(shop, 'Click Print Farm'));

  await test.step('connect payments', async () => {
    await shop.getByRole('link', { name: 'Connect payments' }).click();
    await shop.getByRole('button', { name: 'Connect payments' }).click();
    await expect(status(shop, 'Connected')).toBeVisible();
  });

  await test.step('CO-69: add a printer and connect its agent', async () => {
    await shop.getByRole('link', { name: 'Machines' }).click();
    await shop.getByRole('button', { name: 'Add a machine' }).click();
    await shop.getByLabel('Name').fill('MK4 left');
    await shop.getByRole('button', { name: 'Add the machine' }).click();
    await expect(shop.getByRole('heading', { name: 'MK4 left' })).toBeVisible();
    await shop.getByRole('button', { name: 'Connect an agent' }).click();
    await shop.getByRole('button', { name: 'Make a claim code' }).click();
    const code = await shop.getByLabel('Claim code').inputValue();
    await expect(shop.getByLabel('Command')).toHaveValue(new RegExp(`--api ${kerfUrl()} --code ${code}$`));
    await shop.getByRole('button', { name: 'Done' }).click();
    agent = runAgent(agentDir, { speed: 2000 }, { api: kerfUrl(), code });
    await expect(shop.locator('.state-word')).toHaveText('Idle');
    await expect(shop.getByText(/Nozzle \d+ °C/)).toBeVisible();
  });

  const email = await test.step('the customer signs in with the mailed code', () =>
    signInCustomerByClicks(customer, portal));

  await test.step('CO-01 CO-02 CO-06: a request with files, a date and a note', async () => {
    await customer.getByRole('button', { name: 'New request' }).click();
    await customer
      .getByLabel('Files', { exact: true })
      .setInputFiles([bracket, 'tests/models/broken/holes25.stl']);
    await customer.getByLabel('Title').fill('Brackets for a shelf');
    await customer.getByLabel('Wanted by').fill('2030-05-17');
    await customer.getByLabel('Note').fill('They carry books.');
    await customer.getByRole('button', { name: 'Check the files and see the price' }).click();
  });

  await test.step('CO-07 CO-08: both files are checked, the broken one in plain words', async () => {
    await expect(status(customer, 'Ready to make')).toBeVisible();
    await expect(status(customer, 'Needs repair')).toBeVisible();
    await expect(customer.getByText(/not a closed solid|open edge/).first()).toBeVisible();
  });

  await test.step('CO-03 CO-04 CO-05: material, finish and quantity, price at once', async () => {
    const broken = customer.getByRole('listitem').filter({ hasText: 'holes25.stl' });
    await broken.getByRole('button', { name: 'Remove' }).click();
    await expect(broken.getByLabel('Material')).toHaveCount(0);
    const line = customer.getByRole('listitem').filter({ hasText: 'bracket.stl' });
    const total = customer.locator('table.plain tfoot td');
    await expect(total).toContainText('€');
    const before = await total.textContent();
    await line.getByLabel('Material').selectOption('petg');
    await expect(total).not.toHaveText(before ?? '');
    const onePetg = await total.textContent();
    await line.getByLabel('Quantity').fill('2');
    await line.getByLabel('Quantity').press('Enter');
    await expect(customer.getByText('2 × bracket.stl')).toBeVisible();
    await expect(total).not.toHaveText(onePetg ?? '');
    await customer.getByRole('button', { name: 'Ask for a quote' }).click();
    await expect(status(customer, 'Received')).toBeVisible();
  });

  await test.step('CO-10 CO-11: it stands in Pending Review, everything in one view', async () => {
    await shop.getByRole('link', { name: 'Jobs' }).click();
    await shop.getByLabel('Status').selectOption('review');
    await expect(shop).toHaveURL(/status=review/);
    await shop.getByRole('link', { name: 'Brackets for a shelf' }).click();
    await expect(status(shop, 'Pending Review')).toBeVisible();
    await expect(shop.getByText('“They carry books.”')).toBeVisible();
    await expect(shop.getByText('2 × bracket.stl').first()).toBeVisible();
    await expect(shop.getByText('Cleo Customer').first()).toBeVisible();
  });

  await test.step('CO-12 CO-13 CO-14 CO-15 CO-16 CO-17: the price explains itself', async () => {
    await shop.getByText('How this price is made').click();
    for (const word of [/material/i, /machine/i, /overhead/i, /markup/i])
      await expect(shop.getByRole('listitem').filter({ hasText: word }).first()).toBeVisible();
  });

  await test.step('CO-22: sending the quote mails the customer', async () => {
    await shop.getByRole('button', { name: 'Send quote' }).click();
    await shop.getByLabel('Message to the customer').fill('Black PETG is on the shelf.');
    await shop.getByRole('dialog').getByRole('button', { name: 'Send quote' }).click();
    await expect(status(shop, 'Quoted')).toBeVisible();
    await mailWith({ url: kerfUrl() }, email, /#link=/);
  });

  await test.step('CO-18 CO-23 CO-28: the customer sees it and asks for changes', async () => {
    await expect(customer.getByRole('heading', { name: 'Your quote is ready' })).toBeVisible();
    await customer.getByRole('button', { name: 'Request changes' }).click();
    await customer.getByLabel('What should be different?').fill('Please sooner.');
    await customer.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await expect(status(customer, 'In review')).toBeVisible();
    await expect(status(shop, 'In quoting')).toBeVisible();
    await shop.getByRole('button', { name: 'Send quote' }).click();
    await shop.getByRole('dialog').getByRole('button', { name: 'Send quote' }).click();
    await expect(status(shop, 'Quoted')).toBeVisible();
  });

  await test.step('CO-24 CO-27 CO-29: approval of version 2 schedules the job', async () => {
    await expect(customer.getByText('Version 2, valid until')).toBeVisible();
    await customer.getByLabel('Your name').fill('Cleo Customer');
    await customer.getByRole('button', { name: /^Approve for €/ }).click();
    await expect(status(customer, 'In queue')).toBeVisible();
    await expect(status(shop, 'Scheduled')).toBeVisible();
    await expect(shop.getByText(/^Version 1/)).toBeVisible();
    await expect(shop.getByText(/^Version 2/)).toBeVisible();
  });

  const print = async () => {
    await shop.getByRole('button', { name: 'Start a print' }).click();
    await shop.getByRole('dialog').getByRole('button', { name: 'Start a print' }).click();
    await expect(status(shop, 'Quality Check')).toBeVisible();
  };

  await test.step('CO-37 CO-38 CO-39: a print from the job page, live for both, moves the job by itself', async () => {
    await shop.getByRole('button', { name: 'Start a print' }).click();
    await shop.getByRole('dialog').getByRole('button', { name: 'Start a print' }).click();
    await expect(status(shop, 'In Production')).toBeVisible();
    await expect(status(customer, 'In production')).toBeVisible();
    await expect(status(shop, 'Quality Check')).toBeVisible();
  });

  await test.step('CO-50 CO-51: a failed check goes back to production', async () => {
    await shop.getByRole('button', { name: 'Change' }).click();
    await shop.getByRole('button', { name: 'Fail the check' }).click();
    await shop.getByLabel('Reason').fill('layer shift');
    await shop.getByRole('dialog').getByRole('button', { name: 'Fail the check' }).click();
    await expect(status(shop, 'In Production (rework 1)')).toBeVisible();
    await shop.getByRole('link', { name: 'Machines' }).click();
    await shop.getByRole('button', { name: 'Bed is clear' }).click();
    await expect(status(shop, 'Bed clear')).toBeVisible();
    await shop.goBack();
    await print();
  });

  await test.step('CO-45 CO-47: it is inspected by the list for printing, measured where the list wants it', async () => {
    await shop.getByRole('button', { name: 'Inspect: Filament printing' }).click();
    for (const item of await shop.getByRole('group').filter({ hasText: 'Not applicable' }).all())
      if (await item.getByText('Pass', { exact: true }).isVisible())
        await item.getByText('Pass', { exact: true }).click();
    await shop.getByLabel('Wanted, mm').fill('20');
    await shop.getByLabel('Measured, mm').fill('20.1');
    await shop.getByRole('button', { name: 'Record the inspection' }).click();
    await expect(shop.locator('summary', { hasText: /^Inspection 1/ })).toBeVisible();
  });

  await test.step('CO-53 CO-54: passing makes it ready for pickup', async () => {
    await shop.getByRole('button', { name: 'Pass the check' }).click();
    await shop.getByRole('dialog').getByRole('button', { name: 'Pass the check' }).click();
    await expect(status(shop, 'Ready for Pickup')).toBeVisible();
    await expect(status(customer, 'Ready for pickup')).toBeVisible();
  });

  await test.step('CO-55 CO-60 CO-61: handing over issues the invoice', async () => {
    await shop.getByRole('button', { name: 'Hand over' }).click();
    await expect(status(shop, 'Completed')).toBeVisible();
    await expect(customer.getByRole('heading', { name: /^Pay invoice INV-/ })).toBeVisible();
  });

  await test.step('the customer pays on the provider’s page and comes back to a paid order', async () => {
    await expectClean(customer, 'portal-invoice');
    await customer.getByRole('button', { name: /^Pay €/ }).click();
    await customer.waitForURL((url) => !url.href.startsWith(kerfUrl()));
    await customer.getByRole('button', { name: /pay/i }).first().click();
    await customer.waitForURL((url) => url.href.startsWith(portal));
    await expect(customer.getByText(/^Paid .*Thank you\.$/)).toBeVisible();
    await expect(status(shop, 'Paid')).toBeVisible();
  });

  await test.step('both pages of a finished order are accessible', async () => {
    await expectClean(shop, 'job-paid');
    await expectClean(customer, 'portal-paid');
    await shop.getByRole('link', { name: 'Machines' }).click();
    await expect(shop.getByRole('button', { name: 'Bed is clear' })).toBeVisible();
    await expectClean(shop, 'machines-live');
  });
});
