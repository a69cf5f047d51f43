import { afterAll, beforeAll, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { startKerf, type Kerf } from './support/kerf.ts';
import { printerWithDevice } from './support/device.ts';
import { inQualityCheck, invoiced, jobOf, untilJob, type Workshop } from './support/orders.ts';

let kerf: Kerf;
let workshop: Workshop;

beforeAll(async () => {
  kerf = await startKerf();
  const { instance } = kerf;
  const shop = await openShop(instance, 'Second Chance Prints');
  const customer = await signInCustomer(instance, shop.slug);
  workshop = { instance, shop, customer, ...(await printerWithDevice(instance, shop.owner)) };
});
afterAll(() => kerf?.stop());

/** Reopens, quotes anew and has the customer agree. */
async function agreedAnew(jobId: string): Promise<void> {
  const { shop, customer } = workshop;
  await shop.owner(jobs.reopenJob, { params: { jobId }, body: { reason: 'as agreed on the phone' } });
  const quoted = await shop.owner(jobs.sendQuote, { params: { jobId }, body: {} });
  await customer.call(jobs.approveQuote, {
    params: { jobId },
    body: { version: quoted.quote?.version ?? 0, name: 'Cleo' },
  });
}

test('a job canceled with all its pieces made and taken up again goes straight to the check', async () => {
  const { shop } = workshop;
  const { id: jobId } = await inQualityCheck(workshop);
  await shop.owner(jobs.cancelJob, {
    params: { jobId },
    body: { reason: 'the customer changed their mind' },
  });
  await agreedAnew(jobId);
  const job = await untilJob(shop.owner, jobId, 'the check', ({ status }) => status === 'quality_check');
  expect(job.parts.map(({ made }) => made)).toEqual(job.parts.map(({ wanted }) => wanted));
});

test('a claim on a delivered job makes its pieces anew', async () => {
  const { shop } = workshop;
  const { job } = await invoiced(workshop);
  await agreedAnew(job.id);
  const claim = await jobOf(shop.owner, job.id);
  expect(claim.status).toBe('ready_to_make');
  expect(claim.payment).toBe('unpaid');
  expect(claim.parts.map(({ made, scrapped }) => [made, scrapped])).toEqual([[0, 0]]);
});
