import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { roles } from '#domain/actor.ts';
import type { Credential } from '#contract/client.ts';
import { opensToSupport, type Route } from '#contract/route.ts';
import { allRoutes } from '#contract/routes/all.ts';
import { startCloud, type RunningCloud } from '#local/cloud.ts';
import { mailWith } from '../../scripts/walk/instance.ts';
import { letMailsGo, wholeLog } from '../integration/support/orders.ts';
import { day, fixtures, withSecret, type Fixture } from './fixtures.ts';
import { idsIn, rowsOf, type Row } from './rows.ts';
import { forNothing, send, strangeId, withField, type Answer, type Raw } from './send.ts';
import { buildWorld, type World } from './world.ts';

let cloud: RunningCloud;
let world: World;
/** All of shop A before anybody knocked. */
let before: Map<string, Row>;
let secretsOfA: string[];
let secretsOfFirstCustomer: string[];
let combinations = 0;
const dataDir = mkdtempSync(join(tmpdir(), 'kerf-matrix-'));

beforeAll(async () => {
  cloud = await startCloud({ dataDir, port: 0, root: join(import.meta.dirname, '..', '..') });
  world = await buildWorld(cloud);
  await cloud.settled();
  for (const { shop } of [world.a, world.b])
    await letMailsGo(world.instance, shop.owner, await wholeLog(shop.owner));
  await cloud.settled();
  before = await rowsOf(cloud, world.a.shop.shopId);
  const { customer, jobs } = world.a;
  secretsOfA = [...idsIn(before.values()), customer.email];
  const ofFirst = [...before.values()].filter((row) =>
    Object.values(jobs).some((job) => row.pk.includes(job.id)),
  );
  secretsOfFirstCustomer = [...idsIn(ofFirst), customer.email].filter((id) => !/^(shop|mac|agt)_/.test(id));
}, 400_000);

afterAll(async () => {
  console.log(`isolation: ${allRoutes.length} routes, ${combinations} combinations`);
  await cloud?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}, 240_000);

async function ask(route: Route, fixture: Fixture, by: Credential, raw?: Raw): Promise<Answer> {
  combinations += 1;
  const answer = await send(cloud.url, route, fixture, by, raw);
  expect(answer.status, `${route.id}: ${answer.text.slice(0, 300)}`).toBeLessThan(500);
  return answer;
}

const fixtureOf = (route: Route, of = world): Fixture => {
  const recipe = fixtures[route.id];
  if (!recipe) throw new Error(`Route ${route.id} has no entry in tests/isolation/fixtures.ts`);
  return recipe(of);
};
/** The world seen from shop B: fixtures made of it are B's own requests. */
const mirrored = (): World => ({ ...world, a: world.b, b: world.a });
const isOpen = ({ callers }: Route) => callers.public === true || callers.webhook === true;
const admits = ({ callers }: Route, by: Credential): boolean =>
  by.kind === 'staff' ? callers.staff !== undefined : by.kind !== 'none' && callers[by.kind] === true;

/** Somebody of shop A who may call the route. */
function insider({ callers }: Route): Credential {
  if (callers.operator) return world.operator;
  if (callers.staff?.[0]) return world.a.staff[callers.staff[0]];
  if (callers.person) return world.a.staff.owner;
  if (callers.customer) return world.a.customer.credential;
  if (callers.vendor) return world.a.vendorLinks.askedByLink;
  return { kind: 'none' };
}

/** An admitted caller asks for what is not theirs: as good as unknown, to the letter, and nothing shows. */
async function expectNothing(
  route: Route,
  fixture: Fixture,
  by: Credential,
  secrets: readonly string[],
): Promise<void> {
  const answer = await ask(route, fixture, by);
  const leaked = secrets.filter((secret) => answer.text.includes(secret));
  expect(leaked, `${route.id} shows what is not the caller's`).toEqual([]);
  if (!fixture.params || fixture.ofEveryShop)
    return expect([200, 201, 400], answer.text).toContain(answer.status);
  const unknown = await ask(route, forNothing(fixture), by);
  expect([answer.status, answer.json['code']], answer.text).toEqual([404, 'not_found']);
  expect(answer.json).toEqual(unknown.json);
  expect(answer.type).toBe(unknown.type);
}

async function expectRefused(
  route: Route,
  fixture: Fixture,
  by: Credential,
  status: number,
  code: string,
  raw?: Raw,
): Promise<void> {
  const answer = await ask(route, fixture, by, raw);
  expect([answer.status, answer.json['code']], `${route.id}: ${answer.text}`).toEqual([status, code]);
  expect(answer.type).toBe('application/problem+json');
}

test('every route has a fixture and every fixture a route', () => {
  expect(Object.keys(fixtures).sort()).toEqual(allRoutes.map((route) => route.id).sort());
});

describe.each(allRoutes.filter((route) => !isOpen(route)))('$id', (route) => {
  test('no or wrong credential: 401', async () => {
    const fixture = fixtureOf(route);
    const { owner } = world.a.staff as { owner: { kind: 'staff'; token: string; shopId: string } };
    const session = world.a.customer.credential as { kind: 'customer'; token: string };
    const bend = (token: string) => `${token.slice(0, -6)}${token.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`;
    const wrong: Credential[] = [
      { kind: 'none' },
      { kind: 'staff', token: 'x'.repeat(40), shopId: world.a.shop.shopId },
      { kind: 'staff', token: bend(owner.token), shopId: world.a.shop.shopId },
      { kind: 'customer', token: bend(session.token) },
      { kind: 'link', secret: 'y'.repeat(43) },
      { kind: 'vendor', secret: 'y'.repeat(43) },
      // The right kind of token in the wrong scheme.
      { kind: 'link', secret: session.token },
      { kind: 'vendor', secret: session.token },
    ];
    for (const by of wrong) await expectRefused(route, fixture, by, 401, 'unauthenticated');
  });

  test('another shop: as good as unknown', async () => {
    const fixture = fixtureOf(route);
    const { staff, customer, links, vendorLinks } = world.b;
    const { owner } = staff as { owner: { kind: 'staff'; token: string; shopId: string } };
    if (!route.callers.person)
      await expectRefused(route, fixture, { ...owner, shopId: world.a.shop.shopId }, 404, 'not_found');
    for (const by of [owner, customer.credential, links.approvable, vendorLinks.askedByLink])
      if (admits(route, by) || (route.callers.person && by === owner))
        await expectNothing(route, fixture, by, secretsOfA);
      else await expectRefused(route, fixture, by, 403, 'wrong_role');
  });

  test('another customer or a link to another job: as good as unknown', async () => {
    const fixture = fixtureOf(route);
    const { a, neighbour } = world;
    const otherLink = fixture.params?.['jobId'] === a.jobs.approvable.id ? a.links.paid : a.links.approvable;
    const onlyFor = (by: Credential) => (by === otherLink ? [] : secretsOfFirstCustomer);
    const { askedByLink, askedOtherwise } = a.vendorLinks;
    const otherVendor = fixture.params?.['jobId'] === a.jobs.askedByLink.id ? askedOtherwise : askedByLink;
    for (const by of [neighbour.credential, neighbour.link, otherLink, otherVendor])
      if (!admits(route, by)) await expectRefused(route, fixture, by, 403, 'wrong_role');
      else if (fixture.params || route.method === 'GET') await expectNothing(route, fixture, by, onlyFor(by));
  });

  test('a known thing and the wrong role: 403', async () => {
    const fixture = fixtureOf(route);
    const { callers } = route;
    const { staff, customer, links, vendorLinks } = world.a;
    if (!callers.person)
      for (const role of roles)
        if (!callers.staff?.includes(role))
          await expectRefused(route, fixture, staff[role], 403, 'wrong_role');
    for (const by of [customer.credential, links.paid, vendorLinks.askedByLink])
      if (!admits(route, by)) await expectRefused(route, fixture, by, 403, 'wrong_role');
  });

  test('whoever runs Kerf works in no shop, whatever shop they name', async () => {
    if (route.callers.operator) return;
    const fixture = fixtureOf(route);
    const { token } = world.operator as { token: string };
    for (const shopId of [undefined, world.a.shop.shopId])
      await expectRefused(route, fixture, { kind: 'staff', token, shopId }, 403, 'wrong_role');
  });

  test('a visit of support reaches its own shop alone, and no payments, credentials or routes of others', async () => {
    const fixture = fixtureOf(route);
    const visit = await world.visitOf(world.b);
    if (!opensToSupport(route)) return expectRefused(route, fixture, visit, 403, 'wrong_role');
    const namesOwn = fixture.ofEveryShop && route.method !== 'GET';
    if (!namesOwn && (fixture.params || route.method === 'GET'))
      await expectNothing(route, fixture, visit, secretsOfA);
  });

  test('a person who names no shop is asked for it', async () => {
    const { token } = world.a.staff.owner as { token: string };
    const answer = await ask(route, fixtureOf(route), { kind: 'staff', token });
    if (route.callers.person) expect(answer.status).toBe(route.status);
    else if (route.callers.staff) expect([answer.status, answer.json['field']]).toEqual([400, 'Kerf-Shop']);
    else expect([answer.status, answer.json['code']]).toEqual([403, 'wrong_role']);
  });
});

describe.each(allRoutes.filter((route) => fixtures[route.id] && !isOpen(route)))('$id', (route) => {
  test('ids of another shop in the body are as good as unknown', async () => {
    const own = fixtureOf(route, mirrored());
    const foreign = fixtureOf(route).body as Record<string, unknown>;
    for (const field of own.foreignInBody ?? []) {
      const theirs = foreign[field];
      const strange = Array.isArray(theirs) ? theirs.map(strangeId) : strangeId(String(theirs));
      const by = world.b.staff[route.callers.staff?.[0] ?? 'owner'];
      const answer = await ask(route, withField(own, field, theirs), by);
      const unknown = await ask(route, withField(own, field, strange), by);
      expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
      expect(answer.json).toEqual(unknown.json);
    }
  });
});

describe.each(allRoutes.filter((route) => route.callers.public))('$id is public', (route) => {
  test('nobody needs a credential, and none that is wrong does harm', async () => {
    const fixture = fixtureOf(route, mirrored());
    for (const by of [{ kind: 'none' }, { kind: 'link', secret: 'z'.repeat(43) }] satisfies Credential[]) {
      const answer = await ask(route, fixture, by);
      // What is asked for is a code, not a credential.
      if (withSecret[route.id]) expect([answer.status, answer.json['field']]).toEqual([401, 'code']);
      else expect(answer.status, answer.text).toBe(route.status);
    }
  });
});

test.each([
  ['none', undefined],
  ['nonsense', 'nonsense'],
  ['forged', `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}`],
])('a webhook without a true signature is refused: %s', async (_, signature) => {
  const route = allRoutes.find((each) => each.callers.webhook)!;
  const raw = signature === undefined ? {} : { headers: { 'stripe-signature': signature } };
  await expectRefused(route, fixtureOf(route), { kind: 'none' }, 401, 'unauthenticated', raw);
});

describe.each(allRoutes)('$id takes no nonsense', (route) => {
  const propertiesOf = (schema: z.ZodType | undefined): [string, { type?: unknown }][] => {
    if (!schema) return [];
    const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    return Object.entries(properties ?? {}) as [string, { type?: unknown }][];
  };

  test('a wrong field is named', async () => {
    const fixture = fixtureOf(route);
    for (const [name, { type }] of propertiesOf(route.body)) {
      const wrong = withField(fixture, name, type === 'object' ? 'nonsense' : { kerf: ['nonsense'] });
      const answer = await ask(route, wrong, insider(route));
      expect([answer.status, answer.json['code']], `${name}: ${answer.text}`).toEqual([
        400,
        'invalid_request',
      ]);
      expect(String(answer.json['field']).split('.')[0]).toBe(name);
      expect(String(answer.json['detail'])).toContain(name);
    }
    for (const [name] of propertiesOf(route.query)) {
      const query = { ...fixture.query, [name]: 'x'.repeat(3000) };
      const answer = await ask(route, { ...fixture, query }, insider(route));
      expect([answer.status, answer.json['field']], answer.text).toEqual([400, name]);
    }
  });

  test('without its key or version an edit is refused', async () => {
    const fixture = fixtureOf(route);
    const by = insider(route);
    if (route.idempotent) {
      await expectRefused(route, fixture, by, 400, 'idempotency_key_missing', { idempotencyKey: null });
      for (const idempotencyKey of ['short', 'x'.repeat(201), 'mit leerzeichen'])
        await expectRefused(route, fixture, by, 400, 'invalid_request', { idempotencyKey });
    }
    if (route.versioned) {
      await expectRefused(route, fixture, by, 400, 'invalid_request', { ifMatch: null });
      await expectRefused(route, fixture, by, 409, 'stale', { ifMatch: 999 });
    }
  });

  test('a malformed id is as good as unknown', async () => {
    const fixture = fixtureOf(route);
    for (const [name, id] of Object.entries(fixture.params ?? {})) {
      const bent = [
        'nonsense',
        id.toUpperCase(),
        `${id} `,
        `${id}#JOB`,
        `${id}/../${id}`,
        `x${id}`,
        id.slice(0, -1),
        `${id}0`,
        'ſhop',
        '\u0000',
        '%',
        'x'.repeat(500),
      ];
      for (const value of bent.filter((each) => each !== '' && each !== id)) {
        const answer = await ask(
          route,
          { ...fixture, params: { ...fixture.params, [name]: value } },
          insider(route),
        );
        expect([answer.status, answer.json['code']], `${value}: ${answer.text}`).toEqual([404, 'not_found']);
      }
      const rawPath = route.path.replaceAll(/\{\w+\}/g, '%ZZ%C0%AF');
      expect((await ask(route, fixture, insider(route), { rawPath })).status).toBe(404);
    }
  });

  test('a body that is no JSON, of the wrong kind, deep or long is refused in order', async () => {
    const fixture = fixtureOf(route);
    if (!route.body) return;
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const fields = propertiesOf(route.body).map(([name]) => `{"${name}":${deep}}`);
    const bodies = [
      '{',
      'a=1&b=2',
      '\u0000',
      '"text"',
      '[]',
      'null',
      deep,
      '['.repeat(50_000),
      ...fields.slice(0, 1),
    ];
    for (const rawBody of [...bodies, JSON.stringify('x'.repeat(300_000))]) {
      const answer = await ask(route, fixture, insider(route), { rawBody });
      expect([400, 404], `${rawBody.slice(0, 30)}: ${answer.text}`).toContain(answer.status);
    }
  });
});

test('a body over ten megabytes is refused at the door', async () => {
  for (const id of ['createJob', 'replacePriceBook', 'stripeWebhook', 'openSession']) {
    const route = allRoutes.find((each) => each.id === id)!;
    const rawBody = `"${'x'.repeat(10 * 1024 * 1024)}"`;
    expect((await ask(route, fixtureOf(route), insider(route), { rawBody })).status).toBe(413);
  }
});

test('a page cursor of one caller opens nothing for another', async () => {
  const route = allRoutes.find((each) => each.id === 'listJobs')!;
  const of = (by: Credential) => ask(route, { query: { limit: '1' } }, by);
  const { a, b, neighbour } = world;
  for (const [giver, takers, secrets] of [
    [a.staff.owner, [b.staff.owner, b.customer.credential], secretsOfA],
    [a.customer.credential, [b.customer.credential], secretsOfA],
    [a.customer.credential, [neighbour.credential], secretsOfFirstCustomer],
    [a.staff.owner, [neighbour.credential], secretsOfFirstCustomer],
  ] as const) {
    const cursor = (await of(giver)).json['cursor'];
    expect(cursor).toBeTypeOf('string');
    for (const taker of takers) {
      const answer = await ask(route, { query: { cursor: String(cursor), limit: '100' } }, taker);
      expect(secrets.filter((secret) => answer.text.includes(secret))).toEqual([]);
    }
  }
});

test('after all that nothing in shop A has changed', async () => {
  await cloud.settled();
  const after = await rowsOf(cloud, world.a.shop.shopId);
  expect([...after.keys()].filter((key) => !before.has(key))).toEqual([]);
  for (const [key, row] of before) expect(after.get(key), key).toEqual(row);
});

describe('the fixtures are right: each opens its route to those who may', () => {
  test('every reading route, for every role and kind that the contract admits', async () => {
    const { staff, customer, links, vendorLinks } = world.a;
    const visit = await world.visitOf(world.a);
    for (const route of allRoutes.filter((each) => each.method === 'GET')) {
      const fixture = fixtureOf(route);
      const admitted: Credential[] = [
        ...(route.callers.staff ?? []).map((role) => staff[role]),
        ...(route.callers.person ? [staff.owner] : []),
        ...(route.callers.operator ? [world.operator] : []),
        ...(opensToSupport(route) ? [visit] : []),
        ...(route.callers.customer ? [customer.credential] : []),
        ...(route.callers.link ? [links.paid] : []),
        ...(route.callers.vendor
          ? [route.id === 'getVendorOrder' ? vendorLinks.order : vendorLinks.askedByLink]
          : []),
        ...(route.callers.public ? [{ kind: 'none' } as const] : []),
      ];
      for (const by of admitted) {
        const { status, text, json } = await ask(route, fixture, by);
        expect(status, `${route.id}: ${text}`).toBe(route.status);
        expect(route.out.safeParse(json).error, `${route.id} answers as promised`).toBeUndefined();
      }
    }
  });

  test('every changing route, in the order of a day', async () => {
    const steps = day(world);
    const changing = allRoutes.filter((each) => each.method !== 'GET' && !each.callers.webhook);
    expect(steps.map(([id]) => id).sort()).toEqual(changing.map((each) => each.id).sort());
    const code = async (email: string) =>
      (await mailWith(world.instance, email, /Your code for .* is (\d{6})/))[1] ?? '';
    for (const [id, by] of steps) {
      const route = allRoutes.find((each) => each.id === id)!;
      const fixture = (await withSecret[id]?.(world, { code })) ?? fixtureOf(route);
      const { status, text, json } = await ask(route, fixture, by);
      expect(status, `${id}: ${text}`).toBe(route.status);
      if (route.status !== 204)
        expect(route.out.safeParse(json).error, `${id} answers as promised`).toBeUndefined();
    }
  });

  test('a customer who names another customer orders for themselves', async () => {
    const route = allRoutes.find((each) => each.id === 'createJob')!;
    const answer = await ask(route, fixtureOf(route), world.neighbour.credential);
    expect(answer.json['customer']).toMatchObject({ customerId: world.neighbour.customerId });
  });
});
