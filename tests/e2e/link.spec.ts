import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { getJob, listJobEvents, sendQuote, submitJob } from '#contract/routes/jobs.ts';
import { mailWith, openInstance } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { draftWithPart } from '../../scripts/walk/request.ts';
import { bracket, kerfUrl } from './people.ts';

test('a mailed link changes nothing until a person answers, opens the order without sign-in and keeps its secret', async ({
  page,
  request,
}) => {
  const instance = await openInstance(kerfUrl());
  const shop = await openShop(instance, 'Link Print Farm');
  const customer = await signInCustomer(instance, shop.slug);
  const model = { name: 'bracket.stl', content: new Uint8Array(readFileSync(bracket)) };
  const { id: jobId } = await draftWithPart(customer.call, 'By link', model);
  const params = { jobId };
  await customer.call(submitJob, { params, body: {} });
  await shop.owner(sendQuote, { params, body: {} });
  const [, link = ''] = await mailWith(instance, customer.email, /(http\S+#link=\S+)/);
  const secret = new URL(link).hash.slice('#link='.length);
  const before = await shop.owner(getJob, { params });
  const eventsBefore = await shop.owner(listJobEvents, { params });

  await test.step('mail scanners open it by GET and HEAD', async () => {
    expect((await request.get(link)).status()).toBe(200);
    await request.head(link);
  });

  const sent: string[] = [];
  page.on('request', (outgoing) => sent.push(`${outgoing.method()} ${outgoing.url()}`));
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Your quote is ready' })).toBeVisible();
  await expect(page.getByText('Version 1, valid until')).toBeVisible();

  expect(sent.filter((line) => !line.startsWith('GET '))).toEqual([]);
  expect(sent.filter((line) => line.includes(secret))).toEqual([]);
  expect(page.url()).not.toContain(secret);
  const { updatedAt, version, status } = await shop.owner(getJob, { params });
  expect({ updatedAt, version, status }).toEqual({
    updatedAt: before.updatedAt,
    version: before.version,
    status: 'quoted',
  });
  expect(await shop.owner(listJobEvents, { params })).toEqual(eventsBefore);

  await test.step('a reload still knows the order, another tab does not', async () => {
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Your quote is ready' })).toBeVisible();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await expect(other.getByText('Sign in to see this order')).toBeVisible();
    await other.close();
  });

  await test.step('a version replaced meanwhile can not be approved', async () => {
    await page.route('**/v1/jobs/**/approve-quote', async (route) => {
      const body = route.request().postDataJSON() as { version: number };
      expect(body.version).toBe(1);
      await route.continue({ postData: { ...body, version: 7 } });
    });
    await page.getByLabel('Your name').fill('Cleo Customer');
    await page.getByRole('button', { name: /^Approve for/ }).click();
    await expect(page.getByRole('alert')).toContainText('version 1 has replaced it');
    await page.unroute('**/v1/jobs/**/approve-quote');
  });

  await page.getByRole('button', { name: /^Approve for/ }).click();
  await expect(page.locator('.mark', { hasText: 'In queue' })).toBeVisible();
  expect((await shop.owner(getJob, { params })).quotes[0]).toMatchObject({
    state: 'approved',
    answeredBy: 'Cleo Customer',
  });
});
