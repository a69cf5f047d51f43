import { afterAll, beforeAll, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { days, minutes, startKerf, type Kerf } from './support/kerf.ts';
import { printerWithDevice } from './support/device.ts';
import { runningExecutions } from './support/executions.ts';
import {
  expectEachMailOnce,
  letMailsGo,
  invoiced,
  jobOf,
  pay,
  quoted,
  untilJob,
  wholeLog,
  type Workshop,
} from './support/orders.ts';

let kerf: Kerf;
let workshop: Workshop;

beforeAll(async () => {
  kerf = await startKerf({ duplicateEvery: 2 });
  const { instance } = kerf;
  const shop = await openShop(instance, 'Twice Told');
  const customer = await signInCustomer(instance, shop.slug);
  workshop = { instance, shop, customer, ...(await printerWithDevice(instance, shop.owner)) };
});
afterAll(async () => {
  await workshop?.device.close();
  await kerf?.stop();
});

test('every second delivery comes twice, and nothing happens twice: events, mails, prints, invoice, payment, reminder, executions', async () => {
  const { shop, customer, device } = workshop;
  const { job, invoice } = await invoiced(workshop);
  await pay(workshop, invoice.id);
  await untilJob(customer.call, job.id, 'the payment', ({ payment }) => payment === 'paid');
  await kerf.cloud.settled();
  expect((await jobOf(shop.owner, job.id)).parts[0]?.made).toBe(1);
  const offered = await quoted(workshop);
  const reopened = await shop.owner(jobs.reopenJob, {
    params: { jobId: job.id },
    body: { reason: 'one more' },
  });
  expect(reopened.status).toBe('review');
  await kerf.cloud.settled();
  kerf.cloud.clock.advance(days(3) + minutes(1));
  await kerf.cloud.settled();
  await untilJob(shop.owner, offered.id, 'nothing but the reminder', ({ status }) => status === 'quoted');

  const log = await wholeLog(shop.owner);
  await letMailsGo(kerf.instance, shop.owner, log);
  const count = (type: string) => log.filter((event) => event.type === type).length;
  for (const type of [
    'run.requested',
    'run.finished',
    'job.finished',
    'invoice.issued',
    'invoice.paid',
    'job.reopened',
  ])
    expect([type, count(type)]).toEqual([type, 1]);
  expectEachMailOnce(shop.shopId, log, kerf.cloud.mail.list({ limit: 5000 }));
  expect(new Set(device.commands.map(({ id }) => id)).size).toBe(1);
  for (const { id } of [job, offered]) expect(await runningExecutions(id)).toHaveLength(1);
  expect(kerf.cloud.deliveries.deadLetters()).toEqual([]);
});
