import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import * as mail from '#contract/routes/mail.ts';
import { createCustomer, listCustomers } from '#contract/routes/customers.ts';
import type { JobView } from '#contract/views/job.ts';
import { callerOf, mailsTo, until } from '../../scripts/walk/instance.ts';
import { startKerf, type Kerf } from './support/kerf.ts';
import { oneRing, openLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { linkSecret, refusal } from './support/orders.ts';

let kerf: Kerf;
let shop: Lifecycle;
const params = ({ id }: JobView) => ({ params: { jobId: id } });
const empty = (job: JobView) => ({ ...params(job), body: {} });
const owner = () => shop.shop.owner;
const seconds = (count: number) => count * 1000;

beforeAll(async () => {
  kerf = await startKerf();
  shop = await openLifecycle(kerf, 'order', 'Choosy Prints');
});
afterAll(() => kerf?.stop());

const subjectsAbout = async (job: JobView, address: string): Promise<string[]> =>
  (await mailsTo(kerf.instance, address))
    .filter(({ subject, text }) => `${subject}${text ?? ''}`.includes(job.number))
    .map(({ subject }) => subject);
const mailsOf = async (job: JobView) => (await owner()(mail.listJobMails, params(job))).mails;
const statesOf = async (job: JobView) =>
  (await mailsOf(job)).map(({ kind, audience, state }) => `${kind} ${audience} ${state}`);
const untilStates = (job: JobView, ...wanted: string[]) =>
  until(`the mails ${wanted.join(', ')}`, async () => {
    const states = await statesOf(job);
    return wanted.every((state) => states.includes(state)) && states;
  });
const submitted = async () => {
  const draft = await shop.draft();
  return shop.customer.call(jobs.submitJob, empty(draft));
};

describe('a step that can be undone', () => {
  test('its mails wait 15 seconds of business time and then go out', async () => {
    const job = await submitted();
    await owner()(jobs.sendQuote, empty(job));
    await untilStates(job, 'quoted customer waiting', 'quoted shop waiting');
    kerf.cloud.clock.advance(seconds(10));
    await kerf.cloud.settled();
    expect(await statesOf(job)).toContain('quoted customer waiting');
    kerf.cloud.clock.advance(seconds(10));
    await untilStates(job, 'quoted customer delivered', 'quoted shop delivered');
  });

  test('taken back in time, the job stands where it stood, no mail goes out, and the version sent holds no more', async () => {
    const job = await submitted();
    const sent = await owner()(jobs.sendQuote, empty(job));
    expect(sent.undo?.to).toEqual({ status: 'review', label: 'Waiting for review' });
    const back = await owner()(lifecycle.undoStep, empty(job));
    expect(back).toMatchObject({ status: 'review', quote: { version: 1, state: 'superseded' } });
    expect(back.undo).toBeUndefined();
    await untilStates(job, 'quoted customer dropped', 'quoted shop dropped');
    kerf.cloud.clock.advance(seconds(30));
    await kerf.cloud.settled();
    expect((await subjectsAbout(job, shop.customer.email)).filter((each) => each.includes('quote'))).toEqual(
      [],
    );
    expect(await shop.events(job)).toContain('job.undone');
    const again = await owner()(jobs.sendQuote, empty(job));
    expect(again.quote).toMatchObject({ version: 2, state: 'sent' });
  });

  test('a canceled job is as alive as before, and its workflow goes on', async () => {
    const job = await submitted();
    const sent = await owner()(jobs.sendQuote, empty(job));
    await owner()(jobs.cancelJob, { ...params(job), body: { reason: 'wrong row' } });
    const back = await owner()(lifecycle.undoStep, empty(job));
    expect(back).toMatchObject({ status: 'quoted', quote: { state: 'sent' }, version: sent.version + 2 });
    // Only a living workflow lets an offer expire.
    await kerf.cloud.settled();
    kerf.cloud.clock.advance(60 * 86_400_000);
    await shop.untilIn(job, 'review');
  });

  test('not by somebody else, not later, not after anything else has happened, and not what made a number', async () => {
    const job = await submitted();
    await refusal('not_allowed_now', owner()(lifecycle.undoStep, empty(job)));
    await owner()(jobs.holdJob, { ...params(job), body: { reason: 'wait' } });
    await refusal('wrong_role', shop.customer.call(lifecycle.undoStep, empty(job)));
    kerf.cloud.clock.advance(seconds(16));
    expect((await shop.look(job)).undo).toBeUndefined();
    await refusal('expired', owner()(lifecycle.undoStep, empty(job)));

    await owner()(jobs.resumeJob, empty(job));
    const sent = await owner()(jobs.sendQuote, empty(job));
    await shop.approve(sent);
    await refusal('not_allowed_now', owner()(lifecycle.undoStep, empty(job)));

    const instant = await shop.draft();
    const { totalMinor } = await shop.customer.call(jobs.getPrice, params(instant));
    const body = { totalMinor: totalMinor ?? 0, name: 'Cleo', onBehalf: 'on the phone' };
    await owner()(lifecycle.placeOrder, { ...params(instant), body });
    await refusal('not_allowed_now', owner()(lifecycle.undoStep, empty(instant)));
  });

  test('a later step sends what waited before its own mail', async () => {
    const job = await submitted();
    const sent = await owner()(jobs.sendQuote, empty(job));
    await untilStates(job, 'quoted customer waiting');
    await shop.approve(sent);
    await untilStates(job, 'placed customer delivered');
    const oldestFirst = (await subjectsAbout(job, shop.customer.email)).reverse();
    expect(oldestFirst.filter((subject) => !/Invoice|request/.test(subject))).toEqual([
      expect.stringContaining(`Your quote for ${job.number}`) as string,
      expect.stringContaining(`We have your order ${job.number}`) as string,
    ]);
  });
});

describe('who is told', () => {
  test('a step taken without notice sends nothing, and the event says so; customers can not choose that', async () => {
    const job = await submitted();
    await kerf.cloud.settled();
    const before = (await mailsOf(job)).length;
    const quietly = { query: { notify: 'false' as const } };
    await refusal(
      'invalid_request',
      shop.customer.call(jobs.cancelJob, { ...params(job), ...quietly, body: { reason: 'x' } }),
    );
    const held = await owner()(jobs.holdJob, { ...params(job), ...quietly, body: { reason: 'wait' } });
    expect(held.status).toBe('on_hold');
    kerf.cloud.clock.advance(seconds(20));
    await kerf.cloud.settled();
    expect(await mailsOf(job)).toHaveLength(before);
    const { events } = await owner()(jobs.listJobEvents, params(job));
    expect(events.at(-1)).toMatchObject({ type: 'job.held', quiet: true });
  });

  test('a mail that is switched off is not sent; one with own words is, with its placeholders filled', async () => {
    const { templates } = await owner()(mail.listMailSettings, {});
    const settings = templates.find(({ template }) => template === 'order');
    const review = settings?.mails.filter(({ kind }) => kind === 'review');
    expect(review?.map(({ audience, send }) => [audience, send])).toEqual([
      ['shop', true],
      ['customer', true],
    ]);
    const to = { params: { template: 'order' as const } };
    const choices = [
      { kind: 'review' as const, audience: 'shop' as const, send: false },
      {
        kind: 'review' as const,
        audience: 'customer' as const,
        subject: 'Danke für {number}',
        opening: 'Hallo {customer}, {shop} sieht sich "{title}" an. {Nothing} here',
      },
    ];
    const refusedText = await refusal(
      'invalid_request',
      owner()(mail.replaceMailSettings, { ...to, body: { choices }, ifMatch: 0 }),
    );
    expect(refusedText.message).toContain('There is no placeholder {Nothing}');
    expect(refusedText.problem?.field).toBe('choices.1.opening');
    const [off, words] = choices;
    const mine = [off!, { ...words!, opening: 'Hallo {customer}, {shop} sieht sich "{title}" an.' }];
    const kept = await owner()(mail.replaceMailSettings, { ...to, body: { choices: mine }, ifMatch: 0 });
    expect(kept.mails.find(({ kind, audience }) => kind === 'review' && audience === 'shop')).toMatchObject({
      send: false,
      sendByDefault: true,
    });
    await refusal('stale', owner()(mail.replaceMailSettings, { ...to, body: { choices: mine }, ifMatch: 0 }));

    const job = await submitted();
    const text = await shop.mailed(shop.customer.email, new RegExp(`Danke für ${job.number}`));
    expect(text).toContain('Hallo Cleo Customer, Choosy Prints sieht sich "Cube" an.');
    expect(text).toContain('1 × cube.stl');
    await kerf.cloud.settled();
    expect(await subjectsAbout(job, shop.shop.ownerEmail)).toEqual([]);
    await owner()(mail.replaceMailSettings, { ...to, body: { choices: [] }, ifMatch: 1 });
  });

  test('a mail can be looked at with a real or a made-up job, and sent to oneself', async () => {
    const about = { template: 'order' as const, kind: 'shipped' as const, audience: 'customer' as const };
    const made = await owner()(mail.previewMail, { body: about });
    expect(made.text).toContain('The order went from "Ready to ship" to "Shipped".');
    expect(made.text).toContain('Parcel Post 1Z999');
    const job = await submitted();
    const real = await owner()(mail.previewMail, {
      body: { ...about, jobId: job.id, subject: 'For {customer}: {number}' },
    });
    expect(real.subject).toBe(`For Cleo Customer: ${job.number}`);
    const unknown = await refusal(
      'invalid_request',
      owner()(mail.previewMail, { body: { ...about, subject: '{nobody}' } }),
    );
    expect(unknown.problem?.field).toBe('subject');
    await refusal(
      'invalid_request',
      owner()(mail.previewMail, { body: { ...about, kind: 'vendor.asked', audience: 'vendor' } }),
    );
    expect(await owner()(mail.sendTestMail, { body: about })).toEqual({ to: shop.shop.ownerEmail });
    await shop.mailed(shop.shop.ownerEmail, /^Test: Order K-000123: Shipped/);
  });
});

describe('an address that does not work', () => {
  const openFor = async (email: string) => {
    const { id: customerId } = await owner()(createCustomer, { body: { name: 'Bea Bounce', email } });
    const date = new Date(kerf.cloud.clock.now().getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
    const body = { title: 'Ring', template: 'custom' as const, customerId, promisedDate: date };
    return owner()(jobs.createJob, { body });
  };
  const offer = async (job: JobView) => {
    await owner()(jobs.sendQuote, { ...params(job), body: { lines: oneRing } });
    await until('the wait', async () => (await statesOf(job)).some((state) => /quoted customer/.test(state)));
    kerf.cloud.clock.advance(seconds(20));
  };

  test.each([
    ['bounce', 'bounced', 'came back'],
    ['complaint', 'complained', 'unwanted'],
  ] as const)(
    'after a %s it is marked with reason and date, the next mail is held, the shop is told, and a click makes it work again',
    async (simulated, state, words) => {
      const email = `${simulated}+${randomUUID().slice(0, 8)}@simulator.amazonses.com`;
      const job = await openFor(email);
      await offer(job);
      await untilStates(job, `quoted customer ${state}`);
      const { troubles } = await owner()(mail.listJobMails, params(job));
      expect(troubles).toEqual([
        {
          email,
          kind: state,
          reason: expect.stringContaining(words) as string,
          since: expect.any(String) as string,
        },
      ]);
      await shop.mailed(
        shop.shop.ownerEmail,
        new RegExp(`Mail about ${job.number} did not reach ${email.replaceAll(/[+.]/g, '\\$&')}`),
      );

      const { customers } = await owner()(listCustomers, { query: { limit: 100 } });
      expect(customers.find((each) => each.email === email)?.mailTrouble).toEqual(troubles[0]);

      await owner()(jobs.withdrawQuote, empty(job));
      kerf.cloud.clock.advance(seconds(20));
      await untilStates(job, 'quote.withdrawn customer held');
      await shop.mailed(shop.shop.ownerEmail, new RegExp(`Mail about ${job.number} to .* was held`));
      expect((await mailsTo(kerf.instance, email)).map(({ subject }) => subject)).toHaveLength(1);

      const { troubles: left } = await owner()(mail.clearMailTrouble, { body: { email } });
      expect(left.filter((each) => each.email === email)).toEqual([]);
      expect((await owner()(mail.listMailTroubles, {})).troubles).toEqual(left);
      await offer(job);
      await until('the second offer', async () => (await mailsTo(kerf.instance, email)).length === 2);
    },
  );
});

test('of a mail to the shop that comes back the log tells, not another mail to the shop', async () => {
  const job = await submitted();
  await shop.mailed(shop.shop.ownerEmail, new RegExp(`New request ${job.number}`));
  const sent = kerf.cloud.mail
    .list({ to: shop.shop.ownerEmail })
    .find(({ subject }) => subject.includes(`New request ${job.number}`));
  const tags = Object.fromEntries(Object.entries(sent?.tags ?? {}).map(([name, value]) => [name, [value]]));
  expect(tags).toMatchObject({ audience: ['shop'], jobId: [job.id] });
  const bounce = {
    bounceType: 'Transient',
    bouncedRecipients: [{ emailAddress: shop.shop.ownerEmail }],
  };
  await kerf.cloud.host.invoke('note-mail-fate', { detail: { eventType: 'Bounce', mail: { tags }, bounce } });
  await kerf.cloud.settled();
  const { events } = await owner()(jobs.listJobEvents, params(job));
  expect(events.find(({ type }) => type === 'mail.bounced')).toMatchObject({ quiet: true });
  expect((await statesOf(job)).filter((state) => state.startsWith('mail.bounced'))).toEqual([]);
  expect(await statesOf(job)).toContain('review shop bounced');
});

describe('the conversation about a job', () => {
  test('CO-20 either side writes, the other is mailed with a link and reads; notes stay in the shop', async () => {
    const job = await submitted();
    const write = (text: string, more = {}) => ({ ...params(job), body: { text, ...more } });
    const fileIds = job.files.map(({ id }) => id);
    const asked = await owner()(
      mail.writeMessage,
      write('Could the wall be 2 mm?\nIt breaks otherwise.', { fileIds }),
    );
    expect(asked).toMatchObject({ from: 'shop', author: 'Ana Owner', files: [{ name: 'cube.stl' }] });
    await owner()(mail.writeMessage, write('They always want it tomorrow.', { internal: true }));
    const mailed = await shop.mailed(shop.customer.email, new RegExp(`A message about order ${job.number}`));
    expect(mailed).toContain('Choosy Prints writes: "Could the wall be 2 mm?');
    expect(mailed).toMatch(/Read and answer: http\S+#link=/);

    const link = callerOf(kerf.instance, {
      kind: 'link',
      secret: await linkSecret(kerf.instance, shop.customer.email, job.id),
    });
    const seen = await link(mail.listMessages, params(job));
    expect(seen.unread).toBe(1);
    expect(seen.messages.map(({ author, text, internal }) => [author, text, internal])).toEqual([
      ['Choosy Prints', 'Could the wall be 2 mm?\nIt breaks otherwise.', false],
    ]);
    await link(mail.readMessages, { ...params(job), body: { upTo: asked.id } });
    expect((await link(mail.listMessages, params(job))).unread).toBe(0);

    await link(mail.writeMessage, write('Yes, please.'));
    await shop.mailed(
      shop.shop.ownerEmail,
      new RegExp(`Cleo Customer wrote about ${job.number}[^]*"Yes, please."`),
    );
    const ours = await owner()(mail.listMessages, params(job));
    expect(ours.unread).toBe(1);
    expect(ours.messages.map(({ text, internal }) => [text.slice(0, 9), internal])).toEqual([
      ['Could the', false],
      ['They alwa', true],
      ['Yes, plea', false],
    ]);
    // A message is mailed to the other side only, a note to nobody.
    await kerf.cloud.settled();
    const about = await subjectsAbout(job, shop.customer.email);
    expect(about.filter((subject) => subject.startsWith('A message'))).toHaveLength(1);
    const everything = JSON.stringify([
      await shop.customer.call(jobs.listJobEvents, params(job)),
      await shop.customer.call(mail.listMessages, params(job)),
      await mailsTo(kerf.instance, shop.customer.email),
    ]);
    expect(everything).toContain('Yes, please.');
    expect(everything).not.toContain('They always want it tomorrow.');
    expect(await shop.events(job)).toEqual(expect.arrayContaining(['message.written', 'note.written']));
  });

  test('CO-20 what is attached is at the job already, an empty message is none, and customers keep no notes', async () => {
    const [job, other] = [await submitted(), await submitted()];
    const write = (body: object) =>
      shop.customer.call(mail.writeMessage, { ...params(job), body: body as { text: string } });
    await refusal('invalid_request', write({ text: ' ' }));
    await refusal('invalid_request', write({ text: 'x', internal: true }));
    const strange = await refusal('invalid_request', write({ text: 'x', fileIds: [other.files[0]?.id] }));
    expect(strange.problem?.field).toBe('fileIds');
    const theirs = await owner()(mail.writeMessage, { ...params(other), body: { text: 'elsewhere' } });
    await refusal(
      'invalid_request',
      shop.customer.call(mail.readMessages, { ...params(job), body: { upTo: theirs.id } }),
    );
  });

  test('CO-21 each message stays tied to the version of the quote it was written about', async () => {
    const job = await submitted();
    const write = (text: string) => owner()(mail.writeMessage, { ...params(job), body: { text } });
    await write('before any offer');
    await owner()(jobs.sendQuote, empty(job));
    await write('about the first');
    await owner()(jobs.withdrawQuote, empty(job));
    await owner()(jobs.sendQuote, empty(job));
    await shop.customer.call(mail.writeMessage, { ...params(job), body: { text: 'about the second' } });
    const { messages } = await shop.customer.call(mail.listMessages, params(job));
    expect(messages.map(({ text, quoteVersion }) => [text, quoteVersion])).toEqual([
      ['before any offer', undefined],
      ['about the first', 1],
      ['about the second', 2],
    ]);
  });

  test('a message that is sent twice is written once', async () => {
    const job = await submitted();
    const once = { ...params(job), body: { text: 'once' }, idempotencyKey: randomUUID() };
    const first = await owner()(mail.writeMessage, once);
    expect(await owner()(mail.writeMessage, once)).toEqual(first);
    expect((await owner()(mail.listMessages, params(job))).messages).toHaveLength(1);
  });
});
