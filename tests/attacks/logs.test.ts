import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import { openSession } from '#contract/routes/portal.ts';
import { startCloud, type RunningCloud } from '#local/cloud.ts';
import { callerOf, mailsTo, openInstance, type Instance } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer, walkPassword } from '../../scripts/walk/people.ts';
import { cube, root } from '../integration/support/kerf.ts';
import { linkSecret, quoted } from '../integration/support/orders.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'kerf-logs-'));
let cloud: RunningCloud;
let instance: Instance;
const written: string[] = [];

beforeAll(async () => {
  // Read when handlers are loaded: everything they ever say.
  process.env['POWERTOOLS_LOG_LEVEL'] = 'DEBUG';
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
      return true;
    });
  cloud = await startCloud({ dataDir, port: 0, root, onError: (_, error) => written.push(String(error)) });
  instance = await openInstance(cloud.url);
}, 60_000);
afterAll(async () => {
  vi.restoreAllMocks();
  await cloud?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('no token, code, password, key or personal data is ever logged, not even where something fails', async () => {
  const title = `Ring of ${randomUUID()}`;
  const shop = await openShop(instance, 'Silent Works');
  const customer = await signInCustomer(instance, shop.slug, undefined, 'Clarissa Confidential');
  const job = await quoted({ instance, shop, customer });
  await customer.call(jobs.createJob, { body: { title, delivery: 'pickup' } });
  const secret = await linkSecret(instance, customer.email, job.id);
  const link = callerOf(instance, { kind: 'link', secret });
  await link(jobs.getJob, { params: { jobId: job.id } });

  const visitor = callerOf(instance, { kind: 'none' });
  const wrongCode = { email: customer.email, code: '000000' };
  await visitor(openSession, { params: { slug: shop.slug }, body: wrongCode }).catch(() => undefined);
  await callerOf(instance, { kind: 'staff', token: `${shop.ownerToken}x`, shopId: shop.shopId })(
    jobs.listJobs,
    {},
  ).catch(() => undefined);
  await customer.call(jobs.createJob, { body: { title } }).catch(() => undefined);
  // Failures on our side, with everything at hand that could slip into an error.
  cloud.host.failNext('send-mails', 1, 'before');
  await customer
    .call(jobs.createFile, {
      params: { jobId: job.id },
      body: { name: `${title}.stl`, bytes: cube().content.length },
    })
    .catch(() => undefined);
  await cloud.settled();

  const mails = await mailsTo(instance, customer.email);
  const codes = mails.flatMap(({ text }) => /code for .* is (\d{6})/.exec(text ?? '')?.[1] ?? []);
  expect(codes.length).toBeGreaterThan(0);
  const log = written.join('');
  expect(log.match(/"message":"answered"/g)?.length).toBeGreaterThan(10);
  expect(log).toContain('"message":"refused"');
  const secrets = [
    ...codes,
    secret,
    walkPassword,
    shop.ownerToken,
    shop.ownerToken.split('.')[2] ?? '',
    customer.token,
    customer.token.split('.')[2] ?? '',
    shop.ownerEmail,
    customer.email,
    'Clarissa',
    'Ana Owner',
    title,
    process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
    cloud.operator.secretAccessKey,
    'sk_test_',
    'whsec_',
    'X-Amz-Signature',
    'BEGIN CERTIFICATE',
    'PRIVATE KEY',
  ];
  for (const each of secrets) {
    expect(each.length).toBeGreaterThan(5);
    expect(log.includes(each), `the log holds ${each}`).toBe(false);
  }
}, 60_000);
