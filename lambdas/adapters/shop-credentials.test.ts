import { ulid } from 'ulid';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import * as names from '#local/environment.ts';
import { principals } from '#local/iam/principals.ts';
import type { RunningServer } from '#local/wire/listen.ts';
import { startAwsServer } from '#local/wire/server.ts';
import { WireError } from '#local/wire/service.ts';
import { stsService } from '#local/wire/sts.ts';
import type { credentialsOf as credentialsOfShop } from './shop-credentials.ts';

const minute = 60_000;
const identities = principals({
  secret: 'a secret of this test',
  places: names.places('session-key'),
  shopRoleArn: names.shopRoleArn,
  functionKey: names.accessKeyId,
  operatorKey: names.operatorKeyId,
});
const shopId = () => `shop_${ulid().toLowerCase()}`;
let server: RunningServer;
let credentialsOf: typeof credentialsOfShop;
let asked = 0;
let failing = false;

beforeAll(async () => {
  const sts = stsService(identities);
  server = await startAwsServer({
    port: 0,
    ...identities,
    services: [
      {
        ...sts,
        handle(request) {
          asked += 1;
          if (failing) throw new WireError(403, 'AccessDenied', 'Not now.');
          return sts.handle(request);
        },
      },
    ],
  });
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: names.accessKeyId,
    AWS_SECRET_ACCESS_KEY: identities.secretOf(names.accessKeyId),
    AWS_ENDPOINT_URL_STS: server.url,
    SHOP_ROLE_ARN: names.shopRoleArn,
  });
  ({ credentialsOf } = await import('./shop-credentials.ts'));
});
afterEach(() => {
  vi.useRealTimers();
  asked = 0;
});
afterAll(() => server.close());

const later = (minutes: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * minute });

test('a shop costs one call of STS in an hour, however many ask at once', async () => {
  const shop = shopId();
  const all = await Promise.all(Array.from({ length: 50 }, () => credentialsOf(shop)()));
  expect(new Set(all.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
  later(50);
  await credentialsOf(shop)();
  expect(asked).toBe(1);
  vi.useRealTimers();
  later(56);
  await Promise.all(Array.from({ length: 50 }, () => credentialsOf(shop)()));
  expect(asked).toBe(2);
});

test('links are signed by credentials that outlive them, and the SDK is told to renew them in time', async () => {
  const shop = shopId();
  const forLinks = credentialsOf(shop, 30 * minute);
  const first = await forLinks();
  expect(first.expiration?.getTime()).toBeLessThanOrEqual(Date.now() + 30 * minute);
  later(24);
  expect((await forLinks()).accessKeyId).toBe(first.accessKeyId);
  vi.useRealTimers();
  later(26);
  expect((await forLinks()).accessKeyId).not.toBe(first.accessKeyId);
  expect(asked).toBe(2);
});

test('two shops never share credentials, and nothing but a shop is asked for', async () => {
  const [one, two] = await Promise.all([credentialsOf(shopId())(), credentialsOf(shopId())()]);
  expect(one.accessKeyId).not.toBe(two.accessKeyId);
  asked = 0;
  for (const id of ['', 'shop_*', `${shopId()}#`, shopId().toUpperCase()])
    await expect(credentialsOf(id)()).rejects.toThrow();
  expect(asked).toBe(0);
});

test('a refusal is not remembered', async () => {
  const shop = shopId();
  failing = true;
  await expect(credentialsOf(shop)()).rejects.toThrow();
  failing = false;
  expect(await credentialsOf(shop)()).toHaveProperty('sessionToken');
});
