import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShop } from '#contract/routes/shops.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { sweepExpired } from '#local/dynamo/upkeep.ts';
import { callerOf } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer, signUpPerson } from '../../scripts/walk/people.ts';
import { draftWithPart } from '../../scripts/walk/request.ts';
import { cube, days, minutes, startKerf, type Kerf } from './support/kerf.ts';
import { refusal, type Players } from './support/orders.ts';

let kerf: Kerf;
let players: Players;

beforeAll(async () => {
  kerf = await startKerf();
  const shop = await openShop(kerf.instance, 'Said Twice');
  players = { instance: kerf.instance, shop, customer: await signInCustomer(kerf.instance, shop.slug) };
});
afterAll(() => kerf?.stop());

describe('a repeat after the thing has moved on still gets the first answer', () => {
  test('a file that was announced before its request was submitted', async () => {
    const { call } = players.customer;
    const { id: jobId } = await draftWithPart(call, 'Announced', cube());
    const params = { jobId };
    const announcing = { params, body: { name: 'late.stl', bytes: 684 }, idempotencyKey: randomUUID() };
    const first = await call(jobs.createFile, announcing);
    await call(jobs.submitJob, { params, body: {} });

    expect((await call(jobs.createFile, announcing)).file).toEqual(first.file);
    const another = { params, body: { name: 'late.stl', bytes: 684 } };
    await refusal('not_allowed_now', call(jobs.createFile, another));
  });

  test('a line that was added before its request was submitted', async () => {
    const { call } = players.customer;
    const { id: jobId, files } = await draftWithPart(call, 'Added', cube());
    const params = { jobId };
    const body = { fileId: files[0]?.id ?? '', materialId: 'petg', finishId: 'as-printed', quantity: 2 };
    const adding = { params, body, idempotencyKey: randomUUID() };
    const first = await call(jobs.addPart, adding);
    await call(jobs.submitJob, { params, body: {} });
    expect(await call(jobs.addPart, adding)).toEqual(first);
  });
});

describe('a key lives for two days of business time', () => {
  /** Runs what the cloud does about expired rows, to its end. */
  const sweep = () =>
    sweepExpired(new DynamoDBClient({ credentials: kerf.cloud.operator }), kerf.cloud.clock.now());

  test('also when the clock was moved: it is neither dropped early nor kept too long', async () => {
    const { call } = players.customer;
    kerf.cloud.clock.advance(days(30));
    const email = `owner-${randomUUID()}@shop.example`;
    const person = callerOf(kerf.instance, {
      kind: 'staff',
      token: await signUpPerson(kerf.instance, email, 'Two Days'),
    });
    const job = { body: { title: 'Two days' }, idempotencyKey: randomUUID() };
    const opening = { body: { name: 'Two Days' }, idempotencyKey: randomUUID() };
    const [{ id: jobId }, { id: shopId }] = [
      await call(jobs.createJob, job),
      await person(createShop, opening),
    ];

    kerf.cloud.clock.advance(days(2) - minutes(10));
    await sweep();
    expect((await call(jobs.createJob, job)).id).toBe(jobId);
    expect((await person(createShop, opening)).id).toBe(shopId);

    kerf.cloud.clock.advance(minutes(20));
    await sweep();
    expect((await call(jobs.createJob, job)).id).not.toBe(jobId);
    expect((await person(createShop, opening)).id).not.toBe(shopId);
  });
});
