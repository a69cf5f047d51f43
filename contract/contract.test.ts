import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { roles } from '#domain/actor.ts';
import { eventTypes } from '#domain/event.ts';
import { jobCommandNames, type JobCommandName } from '#domain/job/commands.ts';
import { statuses } from '#domain/job/job.ts';
import { arrowsFrom, statusesOf } from '#domain/job/template.ts';
import { shippedTemplates } from '#domain/job/templates/all.ts';
import { errorStatus, problem } from './errors.ts';
import { actor, busEvent } from './events.ts';
import { functions } from './functions.ts';
import { id, idPrefixes } from './ids.ts';
import { openapiDocument } from './openapi.ts';
import { allRoutes } from './routes/all.ts';
import { actorView, eventView, jobView, status } from './views/job.ts';

const repeated = (values: string[]) => values.filter((value, index) => values.indexOf(value) !== index);

describe('routes', () => {
  test('no id, and no method with a path, is given twice', () => {
    expect(repeated(allRoutes.map((route) => route.id))).toEqual([]);
    expect(repeated(allRoutes.map(({ method, path }) => `${method} ${path}`))).toEqual([]);
    // The same path with other names for its parameters would be the same to a gateway.
    expect(
      repeated(allRoutes.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`)),
    ).toEqual([]);
  });

  describe.each(allRoutes)('$id', (route) => {
    test('declares exactly the parameters of its path', () => {
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = route.params ? Object.keys((route.params as z.ZodObject).shape) : [];
      expect(declared.sort()).toEqual(inPath.sort());
    });
    test('says who may call it, with roles that exist', () => {
      expect(Object.keys(route.callers).length).toBeGreaterThan(0);
      for (const role of route.callers.staff ?? []) expect(roles).toContain(role);
      if (route.callers.public || route.callers.webhook || route.callers.person)
        expect(Object.keys(route.callers)).toHaveLength(1);
    });
    test('can be repeated safely when it creates or charges for a signed-in caller', () => {
      const signedIn = !route.callers.public && !route.callers.webhook;
      expect(route.idempotent === true).toBe(route.method === 'POST' && signedIn);
    });
    test('reads without a body, and names the version it replaces', () => {
      if (route.method === 'GET' || route.method === 'DELETE') expect(route.body).toBeUndefined();
      // Lines have no version of their own: an edit names the fields it changes.
      expect(route.versioned === true).toBe(route.method === 'PUT' || route.id === 'editJob');
    });
    test('takes no control character in any field of its body, and names the field', () => {
      if (!route.body) return;
      const { properties } = z.toJSONSchema(route.body, { io: 'input', unrepresentable: 'any' });
      const words = Object.entries((properties ?? {}) as Record<string, { type?: string }>);
      for (const [name, { type }] of words) {
        if (type !== 'string') continue;
        const { error } = route.body.safeParse({ [name]: 'gear\u0007box' });
        expect(
          error?.issues.some(({ path }) => path[0] === name),
          name,
        ).toBe(true);
      }
    });
    test('belongs to a context that has a function', () =>
      expect(
        functions.some(({ trigger }) => trigger.kind === 'api' && trigger.context === route.context),
      ).toBe(true));
  });
});

describe('the OpenAPI document', () => {
  interface Operation {
    operationId: string;
    summary: string;
    security: object[];
    parameters?: { name: string; in: string; required: boolean }[];
    requestBody?: { required: boolean; content: Record<string, { schema: object }> };
    responses: Record<string, { description: string }>;
  }
  const document = openapiDocument() as {
    openapi: string;
    info: { title: string; version: string };
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
  };

  test('is OpenAPI 3.1 with all it needs', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Kerf', version: expect.any(String) as string });
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
  test('has every route and no other', () => {
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(
        ([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`,
      ),
    );
    expect(documented.sort()).toEqual(
      allRoutes.map((route) => `${route.id} ${route.method} ${route.path}`).sort(),
    );
  });
  test('its patterns are understood by readers that know no classes of Unicode', () => {
    const patterns = JSON.stringify(document).match(/"pattern":"(?:[^"\\]|\\.)*"/g) ?? [];
    expect(patterns.length).toBeGreaterThan(0);
    expect(patterns.filter((pattern) => pattern.includes('\\p{'))).toEqual([]);
  });
  test('every reference leads somewhere', () => {
    const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
    expect(references.length).toBeGreaterThan(0);
    for (const reference of new Set(references)) {
      const name = /^"\$ref":"#\/components\/schemas\/([^"/]+)"$/.exec(reference)?.[1];
      expect(document.components.schemas, reference).toHaveProperty([name ?? reference]);
    }
  });
  test.each(allRoutes)('$id: parameters, headers, body, answers and credentials are told', (route) => {
    const operation = document.paths[route.path]?.[route.method.toLowerCase()];
    const given = operation?.parameters?.map((each) => `${each.in} ${each.name}`) ?? [];
    for (const [, name] of route.path.matchAll(/\{(\w+)\}/g)) expect(given).toContain(`path ${name}`);
    expect(given.includes('header Idempotency-Key')).toBe(route.idempotent === true);
    expect(given.includes('header If-Match')).toBe(route.versioned === true);
    expect(given.includes('header Kerf-Shop')).toBe(route.callers.staff !== undefined);
    expect(given.includes('header Stripe-Signature')).toBe(route.callers.webhook === true);
    expect(operation?.requestBody !== undefined).toBe(route.body !== undefined);
    expect(operation?.requestBody?.required).toBe(route.body && !route.body.safeParse(undefined).success);
    expect(Object.keys(operation?.responses ?? {}).sort()).toEqual([`${route.status}`, '4XX', '5XX']);
    expect(operation?.security.length === 0).toBe(
      route.callers.public === true || route.callers.webhook === true,
    );
  });
});

describe('errors', () => {
  test('every code has a status of its kind and a place in the problem', () => {
    for (const [code, httpStatus] of Object.entries(errorStatus)) {
      expect(httpStatus).toBeGreaterThanOrEqual(400);
      const body = { type: 't', title: 't', status: httpStatus, code, detail: 'd', requestId: 'r' };
      expect(problem.safeParse(body).success, code).toBe(true);
    }
    expect(problem.shape.code.options.toSorted()).toEqual(Object.keys(errorStatus).sort());
  });
  test('the promises of the API: 401 nobody, 403 wrong role, 404 unknown or foreign', () =>
    expect(errorStatus).toMatchObject({ unauthenticated: 401, wrong_role: 403, not_found: 404 }));
});

describe('contract and domain speak of the same things', () => {
  test('commands: every one is some arrow of some template, and the view knows them all', () => {
    const commands = new Set<JobCommandName>();
    for (const template of Object.values(shippedTemplates))
      for (const each of statusesOf(template)) {
        const job = { status: each, payment: 'unpaid', heldFrom: 'review', dueFrom: 'delivered' } as const;
        for (const { command } of arrowsFrom(template, job)) commands.add(command);
      }
    expect([...commands].sort()).toEqual([...jobCommandNames].sort());
    // The compiler holds the list and the union of commands equal.
    const same: [JobCommandName] extends [(typeof jobCommandNames)[number]] ? true : false = true;
    expect(same).toBe(true);
    expect(jobView.shape.next.element.options).toEqual([...jobCommandNames]);
  });
  test('statuses and event types', () => {
    expect(status.options).toEqual([...statuses]);
    expect(busEvent.shape.type.options).toEqual([...eventTypes]);
    expect(eventView.shape.type.options).toEqual([...eventTypes]);
  });
  test('kinds of actors', () =>
    expect(actor.options.map((option) => option.shape.kind.value).sort()).toEqual(
      [...actorView.shape.kind.options].sort(),
    ));
});

describe('ids', () => {
  const ulid = '01j9z3k4m5n6p7q8r9s0t1v2w3';
  test.each(idPrefixes)('%s_... is matched whole and nothing else is', (prefix) => {
    const schema = id(prefix);
    expect(schema.safeParse(`${prefix}_${ulid}`).success).toBe(true);
    const bad = [
      '',
      prefix,
      `${prefix}_`,
      `${prefix}_${ulid}x`,
      `${prefix}_${ulid.slice(1)}`,
      `${prefix}_${ulid}\n`,
      ` ${prefix}_${ulid}`,
      `${prefix}_${ulid.toUpperCase()}`,
      `${prefix}_8${ulid.slice(1)}`,
      `${prefix}_${ulid.slice(0, -1)}u`,
      `${prefix}#${ulid}`,
      `x${prefix}_${ulid}`,
    ];
    for (const text of bad) expect(schema.safeParse(text).success, text).toBe(false);
  });
});

test('a schema of a body or an answer can be shown as JSON Schema', () => {
  for (const route of allRoutes)
    for (const schema of [route.body, route.query, route.status === 204 ? undefined : route.out])
      if (schema) expect(() => z.toJSONSchema(schema, { io: 'input' }), route.id).not.toThrow();
});
