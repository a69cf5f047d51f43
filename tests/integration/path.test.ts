import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getInvoice } from '#contract/routes/billing.ts';
import { confirmBedClear } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { getSession } from '#contract/routes/portal.ts';
import { getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import type { JobView } from '#contract/views/job.ts';
import type { PricedOrderView } from '#contract/views/price.ts';
import { mailsTo, mailWith, until } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { postForm, type ModelFile } from '../../scripts/walk/request.ts';
import { cube, model, startKerf, type Kerf } from './support/kerf.ts';
import { print, printerWithDevice } from './support/device.ts';
import {
  approved,
  byLink,
  inQualityCheck,
  invoiceOf,
  invoiced,
  jobOf,
  linkSecret,
  pay,
  quoted,
  readyForPickup,
  refusal,
  started,
  submitted,
  subjectsTo,
  untilJob,
  type Workshop,
} from './support/orders.ts';
import { inspectAndPass } from '../../scripts/walk/quality.ts';

let kerf: Kerf;
let workshop: Workshop;

beforeAll(async () => {
  kerf = await startKerf();
  workshop = await newWorkshop();
});
afterAll(async () => {
  await workshop?.device.close();
  await kerf?.stop();
});

async function newWorkshop(): Promise<Workshop> {
  const { instance } = kerf;
  const shop = await openShop(instance, 'Path Fabrication');
  const customer = await signInCustomer(instance, shop.slug);
  return { instance, shop, customer, ...(await printerWithDevice(instance, shop.owner)) };
}

/** Uploads to an open draft and waits for the check's word. */
async function upload(jobId: string, { name, content }: ModelFile): Promise<JobView['files'][number]> {
  const { call } = workshop.customer;
  const { file, upload: form } = await call(jobs.createFile, {
    params: { jobId },
    body: { name, bytes: content.length },
  });
  expect(await postForm(form, content)).toBe(204);
  const job = await untilJob(call, jobId, `the check of ${name}`, ({ files }) =>
    files.some(({ id, checkedAt }) => id === file.id && checkedAt !== undefined),
  );
  return job.files.find(({ id }) => id === file.id) ?? file;
}

const order = (jobId: string, fileId: string, materialId = 'pla', finishId = 'as-printed', quantity = 1) =>
  workshop.customer.call(jobs.addPart, {
    params: { jobId },
    body: { fileId, materialId, finishId, quantity },
  });

describe('request', () => {
  test('CO-01 CO-02 CO-03 CO-04 CO-05 CO-06 CO-10 CO-11 a customer asks for several files in a material, finish and quantity by a date; the shop finds it under Pending Review, all in one view', async () => {
    const { customer, shop } = workshop;
    const { id: jobId, status } = await customer.call(jobs.createJob, {
      body: { title: 'Gearbox', delivery: 'shipping', wantedBy: '2027-03-01', note: 'Please deburr.' },
    });
    expect(status).toBe('draft');
    const gear = await upload(jobId, model('sound/gear28.stl'));
    const bracket = await upload(jobId, model('sound/bracket.stl'));
    await order(jobId, gear.id, 'petg', 'sanded', 4);
    await order(jobId, bracket.id, 'asa', 'as-printed', 2);
    await customer.call(jobs.submitJob, { params: { jobId }, body: {} });

    const { jobs: queue } = await shop.owner(jobs.listJobs, { query: { status: 'review' } });
    expect(queue.find(({ id }) => id === jobId)).toMatchObject({ statusLabel: 'Pending Review' });
    const seen = await jobOf(shop.owner, jobId);
    expect(seen).toMatchObject({
      title: 'Gearbox',
      delivery: 'shipping',
      wantedBy: '2027-03-01',
      note: 'Please deburr.',
      customer: { customerId: customer.customerId, email: customer.email },
    });
    expect(
      seen.parts.map(({ name, materialId, finishId, wanted }) => [name, materialId, finishId, wanted]),
    ).toEqual(
      expect.arrayContaining([
        ['gear28.stl', 'petg', 'sanded', 4],
        ['bracket.stl', 'asa', 'as-printed', 2],
      ]),
    );
    expect(seen.files.find(({ id }) => id === bracket.id)?.report).toMatchObject({
      triangles: 1224,
      watertight: true,
      verdict: 'fine',
    });
    expect(seen.next).toContain('start_quoting');

    const counts = await until('both mails of the submission', async () => {
      const [toShop, toCustomer] = await Promise.all([
        subjectsTo(kerf.instance, shop.ownerEmail),
        subjectsTo(kerf.instance, customer.email),
      ]);
      const subjects = { ...toShop, ...toCustomer };
      const wanted = [`New request ${seen.number} from Cleo Customer`, `We have your request ${seen.number}`];
      return wanted.every((subject) => subject in subjects) && wanted.map((subject) => subjects[subject]);
    });
    expect(counts).toEqual([1, 1]);
  });

  test('CO-07 CO-08 an STL with open edges is flagged in plain words, with their number and place, and wants a look before it has a price', async () => {
    const { customer } = workshop;
    const { id: jobId } = await customer.call(jobs.createJob, { body: { title: 'Holes' } });
    const file = await upload(jobId, model('broken/holes25.stl'));
    expect(file).toMatchObject({ state: 'checked', report: { verdict: 'needs_repair', watertight: false } });
    const problem = file.report?.problems.find(({ code }) => code === 'open_edges');
    expect(problem?.count).toBe(75);
    expect(problem?.places?.[0]).toHaveLength(2);
    expect(problem?.message).toMatch(/^This file has \d+ open edges: it is not a closed solid\./);
    await order(jobId, file.id);
    const { reviewReasons } = await customer.call(jobs.getPrice, { params: { jobId } });
    expect(reviewReasons.map(({ code }) => code)).toContain('needs_repair');
  });

  test.each([
    ['broken/random-bytes.stl', 'part.stl'],
    ['broken/random-bytes.stl', 'part.step'],
  ])(
    'CO-09 %s sent as %s is refused by its bytes, the message says what is accepted, and the request can not be submitted with it',
    async (path, name) => {
      const { customer } = workshop;
      const { id: jobId } = await customer.call(jobs.createJob, { body: { title: 'Not a model' } });
      const file = await upload(jobId, model(path, name));
      expect(file.state).toBe('refused');
      expect(file.report?.problems[0]?.message).toContain('Kinds we can measure: STL, OBJ, PLY, 3MF');
      const part = await order(jobId, file.id);
      const blocked = await refusal(
        'not_ready',
        customer.call(jobs.submitJob, { params: { jobId }, body: {} }),
      );
      expect(blocked.message).toContain(name);
      expect((await jobOf(customer.call, jobId)).status).toBe('draft');

      const sound = await upload(jobId, cube());
      await order(jobId, sound.id);
      await customer.call(jobs.removePart, { params: { jobId, partId: part.id } });
      expect((await customer.call(jobs.submitJob, { params: { jobId }, body: {} })).status).toBe('review');
    },
  );

  test('CO-07 a file that is named wrongly is known by its bytes', async () => {
    const { id: jobId } = await workshop.customer.call(jobs.createJob, { body: { title: 'Wrong name' } });
    const file = await upload(jobId, model('broken/wrong-ext-is-stl.3mf'));
    expect(file).toMatchObject({ state: 'checked', report: { format: 'stl-binary' } });
  });
});

/** Lines and adjustments add up to the total; a line is rounded once, so its unit is within half a unit of it. */
function expectSumsUp(price: PricedOrderView): void {
  for (const { unitMinor, quantity, totalMinor } of price.lines)
    expect(Math.abs((unitMinor ?? Number.NaN) * quantity - (totalMinor ?? 0))).toBeLessThanOrEqual(
      quantity / 2,
    );
  const lines = price.lines.reduce((sum, { totalMinor }) => sum + (totalMinor ?? Number.NaN), 0);
  const adjustments = price.adjustments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  expect(lines + adjustments).toBe(price.totalMinor);
  expect(price.adjustments.find(({ code }) => code === 'tax')?.amountMinor).toBe(price.taxMinor);
}

describe('quote', () => {
  test("CO-12 CO-13 CO-14 CO-15 CO-16 CO-17 CO-18 CO-63 a quote is made of the shop's own prices: every line explains itself and the numbers add up to the cent", async () => {
    const { customer, shop } = workshop;
    const { version, currency: _, ...book } = await shop.owner(getPriceBook, {});
    await shop.owner(replacePriceBook, {
      body: { ...book, taxPercent: 19, overheadPercent: 17, markupPercent: 33, laborRateMinorPerHour: 4200 },
      ifMatch: version,
    });
    const { id: jobId } = await customer.call(jobs.createJob, { body: { title: 'Priced' } });
    const file = await upload(jobId, model('sound/enclosure.stl'));
    await order(jobId, file.id, 'abs', 'sanded', 3);
    await order(jobId, file.id, 'pla', 'as-printed', 7);
    await customer.call(jobs.submitJob, { params: { jobId }, body: {} });
    const { quotes } = await shop.owner(jobs.sendQuote, { params: { jobId }, body: {} });
    const price = quotes[0]?.price;
    if (!price) throw new Error('There is no quote');

    expect(price.priceBookVersion).toBe(version + 1);
    for (const { components, unitMinor, estimate, costMinor } of price.lines) {
      const codes = components.map(({ code }) => code);
      expect(codes).toEqual(
        expect.arrayContaining(['material', 'machine', 'setup', 'post', 'overhead', 'markup']),
      );
      for (const component of components) expect(component.rule).not.toBe('');
      const sum = components.reduce((total, { amountMinor }) => total + Number(amountMinor), 0);
      expect(Math.abs(sum - (unitMinor ?? 0))).toBeLessThanOrEqual(0.5);
      expect(estimate?.printSeconds).toBeGreaterThan(0);
      expect(costMinor).toBeGreaterThan(0);
    }
    const sanded = price.lines.find(({ quantity }) => quantity === 3);
    const component = (code: string) => sanded?.components.find((each) => each.code === code);
    expect(Number(component('material')?.amountMinor)).toBeCloseTo(
      ((sanded?.estimate?.materialGrams ?? 0) * 2200) / 1000,
      0,
    );
    expect(Number(component('machine')?.amountMinor)).toBeCloseTo(
      ((sanded?.estimate?.printSeconds ?? 0) / 3600) * 250,
      0,
    );
    const inputs = JSON.stringify(sanded?.components.map((each) => each.inputs));
    for (const rate of [4200, 17, 33]) expect(inputs).toContain(`"value":${rate}`);
    expectSumsUp(price);
    const untaxed = (price.totalMinor ?? 0) - (price.taxMinor ?? 0);
    expect(price.taxMinor).toBe(Math.round(untaxed * 0.19));

    const theirs = (await jobOf(customer.call, jobId)).quotes[0]?.price;
    expectSumsUp(theirs ?? price);
    expect(theirs?.totalMinor).toBe(price.totalMinor);
    expect(JSON.stringify(theirs)).not.toMatch(/costMinor|marginPercent|markup/);
    expect((await shop.owner(jobs.getPrice, { params: { jobId } })).totalMinor).toBe(price.totalMinor);
  });

  test('CO-22 CO-23 CO-24 CO-27 the sent quote is mailed once; by its link the customer sees it and approves; the job is Scheduled', async () => {
    const { instance, shop, customer } = workshop;
    const job = await quoted(workshop);
    const secret = await linkSecret(instance, customer.email, job.id);
    const link = byLink(instance, secret);
    expect(await link(getSession, {})).toMatchObject({ jobId: job.id, customer: { email: customer.email } });
    const seen = await jobOf(link, job.id);
    expect(seen.quotes[0]).toMatchObject({ version: 1, state: 'sent' });
    expect(seen.next).toEqual(expect.arrayContaining(['approve_quote', 'request_changes', 'decline_quote']));

    const after = await link(jobs.approveQuote, {
      params: { jobId: job.id },
      body: { version: 1, name: 'Cleo C.' },
    });
    expect(after.quotes[0]).toMatchObject({ state: 'approved', answeredBy: 'Cleo C.' });
    expect(await jobOf(shop.owner, job.id)).toMatchObject({
      status: 'ready_to_make',
      statusLabel: 'Scheduled',
    });
    await mailWith(instance, shop.ownerEmail, new RegExp(`approved ${job.number}`));
    await kerf.cloud.settled();
    const sent = Object.entries(await subjectsTo(instance, customer.email));
    expect(sent.filter(([subject]) => subject.startsWith(`Your quote for ${job.number}`))).toEqual([
      [expect.any(String), 1],
    ]);
  });

  test('CO-23 opening a mailed link changes nothing, however often a mail scanner does it', async () => {
    const { instance, customer, shop } = workshop;
    const job = await quoted(workshop);
    const [, url = '', secret = ''] = await mailWith(
      instance,
      customer.email,
      new RegExp(`Your quote for ${job.number}[^]*: (\\S+/job/${job.id}#link=(\\S+))`),
    );
    await kerf.cloud.settled();
    const before = [
      await jobOf(shop.owner, job.id),
      await shop.owner(jobs.listJobEvents, { params: { jobId: job.id } }),
    ];
    const page = new URL(url);
    for (const method of ['GET', 'HEAD', 'GET'])
      await (await fetch(`${page.origin}${page.pathname}`, { method })).arrayBuffer();
    for (const path of [
      `jobs/${job.id}`,
      `jobs/${job.id}/events`,
      'portal-session',
      `jobs/${job.id}/approve-quote`,
    ])
      await (
        await fetch(`${instance.url}/v1/${path}`, { headers: { authorization: `Link ${secret}` } })
      ).arrayBuffer();
    await kerf.cloud.settled();
    expect([
      await jobOf(shop.owner, job.id),
      await shop.owner(jobs.listJobEvents, { params: { jobId: job.id } }),
    ]).toEqual(before);
  });

  test('CO-25 CO-28 CO-29 a wish for changes brings the job back to quoting until a revised version is approved; the old version is stale and every version is kept', async () => {
    const { instance, shop, customer } = workshop;
    const { id: jobId, number } = await quoted(workshop);
    const params = { jobId };
    const changes = await customer.call(jobs.requestChanges, {
      params,
      body: { version: 1, message: 'In red, please' },
    });
    expect(changes.status).toBe('quoting');
    await mailWith(instance, shop.ownerEmail, new RegExp(`asks for changes to ${number}[^]*In red, please`));
    await refusal(
      'not_allowed_now',
      customer.call(jobs.approveQuote, { params, body: { version: 1, name: 'C' } }),
    );
    expect((await jobOf(shop.owner, jobId)).status).toBe('quoting');

    await shop.owner(jobs.sendQuote, { params, body: { message: 'Red it is' } });
    const stale = await refusal(
      'stale',
      customer.call(jobs.approveQuote, { params, body: { version: 1, name: 'C' } }),
    );
    expect(stale).toMatchObject({ status: 409, message: expect.stringContaining('version 2') as string });
    await customer.call(jobs.approveQuote, { params, body: { version: 2, name: 'Cleo' } });
    const { status, quotes } = await jobOf(shop.owner, jobId);
    expect(status).toBe('ready_to_make');
    expect(quotes.map(({ version, state, answer, message }) => [version, state, answer ?? message])).toEqual([
      [1, 'changes_requested', 'In red, please'],
      [2, 'approved', 'Red it is'],
    ]);
    for (const { price } of quotes) expectSumsUp(price);
  });

  test('CO-26 a declined quote ends the job with the reason; nobody can approve it any more', async () => {
    const { instance, shop, customer } = workshop;
    const { id: jobId, number } = await quoted(workshop);
    const params = { jobId };
    const after = await customer.call(jobs.declineQuote, {
      params,
      body: { version: 1, reason: 'Too late for us' },
    });
    expect(after).toMatchObject({ status: 'canceled_by_customer', quotes: [{ state: 'declined' }] });
    await mailWith(instance, shop.ownerEmail, new RegExp(`declined ${number}[^]*Too late for us`));
    await refusal(
      'not_allowed_now',
      customer.call(jobs.approveQuote, { params, body: { version: 1, name: 'C' } }),
    );
    await until('the end of the execution', async () => kerf.cloud.deliveries.idle());
  });

  test('CO-29 a withdrawn quote is kept as superseded and a new price book changes no sent version', async () => {
    const { shop } = workshop;
    const { id: jobId, quotes } = await quoted(workshop);
    const { version, currency: _, ...book } = await shop.owner(getPriceBook, {});
    await shop.owner(replacePriceBook, {
      body: { ...book, markupPercent: 90, orderMinimumMinor: 9000 },
      ifMatch: version,
    });
    expect((await jobOf(shop.owner, jobId)).quotes[0]?.price).toEqual(quotes[0]?.price);
    await shop.owner(jobs.withdrawQuote, { params: { jobId }, body: {} });
    const { quotes: both } = await shop.owner(jobs.sendQuote, { params: { jobId }, body: {} });
    expect(both.map(({ state }) => state)).toEqual(['superseded', 'sent']);
    expect(both[1]?.price.totalMinor).toBeGreaterThan(both[0]?.price.totalMinor ?? 0);
  });
});

describe('production and quality check', () => {
  test('CO-37 CO-38 CO-43 CO-44 starting a run brings the job into production, the machine reports start and end, its real time is kept, and the job moves to Quality Check by itself', async () => {
    const { shop, device, printer } = workshop;
    const job = await approved(workshop);
    const run = await started(workshop, job);
    expect(await jobOf(shop.owner, job.id)).toMatchObject({
      status: 'in_production',
      statusLabel: 'In Production',
      runs: [{ state: 'requested', machineId: printer.id, quantity: 1 }],
    });
    const command = await device.commandFor(run.id);
    expect(command.file.sha256).toBe(job.files[0]?.sha256);
    expect((await fetch(command.file.url)).status).toBe(200);
    await device.answer(command.id, 'accepted');
    const at = new Date().toISOString();
    await device.tell({ kind: 'started', runId: run.id, at });
    expect((await jobOf(shop.owner, job.id)).runs[0]?.state).toBe('printing');
    await device.tell({ kind: 'finished', runId: run.id, at, seconds: 5432, grams: 12.5 });
    const checked = await untilJob(
      shop.owner,
      job.id,
      'the check',
      ({ status }) => status === 'quality_check',
    );
    expect(checked).toMatchObject({
      statusLabel: 'Quality Check',
      runs: [{ state: 'finished', actualSeconds: 5432, actualGrams: 12.5 }],
      parts: [{ made: 1, good: 1 }],
    });
    await shop.owner(confirmBedClear, { params: { machineId: printer.id } });
  });

  test('CO-45 CO-50 CO-51 a failed check scraps the piece and sends the job back to production as a rework cycle of its own', async () => {
    const { shop, device, printer } = workshop;
    const job = await inQualityCheck(workshop);
    const params = { jobId: job.id };
    const partId = job.parts[0]?.id ?? '';
    await refusal(
      'invalid_request',
      shop.owner(jobs.failCheck, { params, body: { partId, count: 2, reason: 'layer shift' } }),
    );
    const failed = await shop.owner(jobs.failCheck, {
      params,
      body: { partId, count: 1, reason: 'layer shift' },
    });
    expect(failed).toMatchObject({
      status: 'in_production',
      statusLabel: 'In Production (rework 1)',
      reworkCycle: 1,
      parts: [{ made: 1, scrapped: 1, good: 0 }],
    });
    const again = await started(workshop, failed);
    await print(device, again.id);
    await shop.owner(confirmBedClear, { params: { machineId: printer.id } });
    const second = await untilJob(
      shop.owner,
      job.id,
      'the second check',
      ({ status }) => status === 'quality_check',
    );
    expect(second.parts).toMatchObject([{ made: 2, scrapped: 1, good: 1 }]);
    expect(second.stays.filter(({ status }) => status === 'in_production')).toHaveLength(2);
    expect((await inspectAndPass(shop.owner, job.id)).status).toBe('ready_for_pickup');
  });

  test('CO-45 a check can not be passed while pieces are missing', async () => {
    const job = await approved(workshop, 2);
    const { shop } = workshop;
    await refusal('not_allowed_now', shop.owner(jobs.passCheck, { params: { jobId: job.id }, body: {} }));
    expect((await jobOf(shop.owner, job.id)).status).toBe('ready_to_make');
  });
});

describe('delivery and invoice', () => {
  test('CO-53 CO-54 CO-55 CO-60 CO-61 CO-63 a passed pickup order is announced, handed over and invoiced line by line with tax from the approved version', async () => {
    const { instance, shop, customer } = workshop;
    const ready = await readyForPickup(workshop);
    expect(ready.statusLabel).toBe('Ready for Pickup');
    await mailWith(instance, customer.email, new RegExp(`Order ${ready.number} is ready`));
    const params = { jobId: ready.id };
    const done = await shop.owner(jobs.handOver, { params, body: {} });
    expect(done).toMatchObject({ status: 'completed', statusLabel: 'Completed' });

    const { invoice } = await invoiceOf(workshop, ready.id);
    const price = ready.quotes.find(({ state }) => state === 'approved')?.price;
    expect(invoice).toMatchObject({
      state: 'open',
      jobNumber: ready.number,
      totalMinor: price?.totalMinor,
      taxMinor: price?.taxMinor,
      customer: { email: customer.email },
    });
    expect(invoice.taxMinor).toBeGreaterThan(0);
    expect(invoice.lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0)).toBe(invoice.subtotalMinor);
    expect(invoice.subtotalMinor + invoice.taxMinor).toBe(invoice.totalMinor);
    for (const { name, quantity, totalMinor } of price?.lines ?? [])
      expect(invoice.lines).toContainEqual(expect.objectContaining({ label: name, quantity, totalMinor }));
    await mailWith(
      instance,
      customer.email,
      new RegExp(`Invoice ${invoice.number} for order ${ready.number}`),
    );
    expect(
      (await mailsTo(instance, shop.ownerEmail)).some(({ subject }) => subject.includes(invoice.number)),
    ).toBe(false);
  });

  test('CO-53 an order to be shipped is ready for shipping and completed when its delivery is confirmed', async () => {
    const { shop, customer, device, printer } = workshop;
    const { id: jobId } = await customer.call(jobs.createJob, {
      body: { title: 'By post', delivery: 'shipping' },
    });
    const file = await upload(jobId, cube());
    await order(jobId, file.id);
    const params = { jobId };
    await customer.call(jobs.submitJob, { params, body: {} });
    await shop.owner(jobs.sendQuote, { params, body: {} });
    const job = await customer.call(jobs.approveQuote, { params, body: { version: 1, name: 'Cleo' } });
    const run = await started(workshop, job);
    await print(device, run.id);
    await shop.owner(confirmBedClear, { params: { machineId: printer.id } });
    await untilJob(shop.owner, jobId, 'the check', ({ status }) => status === 'quality_check');
    expect((await inspectAndPass(shop.owner, params.jobId)).status).toBe('ready_for_shipping');
    await refusal('not_allowed_now', shop.owner(jobs.handOver, { params, body: {} }));
    expect((await shop.owner(jobs.confirmDelivery, { params, body: {} })).status).toBe('completed');
    expect((await invoiceOf(workshop, jobId)).invoice.state).toBe('open');
  });

  test('CO-64 the customer pays the invoice from the portal and both sides are told once', async () => {
    const { instance, shop, customer } = workshop;
    const { job, invoice } = await invoiced(workshop);
    await pay(workshop, invoice.id);
    await untilJob(customer.call, job.id, 'the payment', ({ payment }) => payment === 'paid');
    const paid = await customer.call(getInvoice, { params: { invoiceId: invoice.id } });
    expect(paid).toMatchObject({ state: 'paid', totalMinor: invoice.totalMinor });
    const subject = `Invoice ${invoice.number} is paid`;
    for (const address of [shop.ownerEmail, customer.email])
      await until(
        `"${subject}" to ${address}`,
        async () => (await subjectsTo(instance, address))[subject] === 1,
      );
  });

  test('CO-11 CO-72 the timeline tells the whole path in order, by whom each step was taken', async () => {
    const { job } = await invoiced(workshop);
    await kerf.cloud.settled();
    const { events } = await workshop.shop.owner(jobs.listJobEvents, { params: { jobId: job.id } });
    expect(events.map(({ type, actor }) => [type, actor.kind])).toEqual([
      ['job.created', 'customer'],
      ['job.submitted', 'customer'],
      ['job.quoting_started', 'staff'],
      ['quote.sent', 'staff'],
      ['quote.approved', 'customer'],
      ['run.requested', 'staff'],
      ['run.finished', 'agent'],
      ['job.finished', 'system'],
      ['inspection.recorded', 'staff'],
      ['check.passed', 'staff'],
      ['job.handed_over', 'staff'],
      ['invoice.issued', 'system'],
    ]);
    expect(events.flatMap(({ transition }) => (transition ? [transition.to] : []))).toEqual([
      'review',
      'quoting',
      'quoted',
      'ready_to_make',
      'in_production',
      'quality_check',
      'ready_for_pickup',
      'completed',
    ]);
  });

  test('CO-01 a request is open to its customer alone until it is submitted; a stranger finds nothing', async () => {
    const { instance, shop } = workshop;
    const stranger = await signInCustomer(instance, shop.slug);
    const { id: jobId } = await submitted(workshop);
    await refusal('not_found', jobOf(stranger.call, jobId));
  });
});
