import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { problem } from './errors.ts';
import { idempotencyKey, ifMatch, kerfShop, stripeSignature } from './request-headers.ts';
import type { Route } from './route.ts';
import { allRoutes } from './routes/all.ts';

/** The gateway's own words: no such path, a body over ten megabytes, too many requests at once, or no answer in time. */
const gatewayMessage = z.object({ message: z.string() }).meta({ id: 'GatewayMessage' });

const problemResponse = {
  description: 'What went wrong and what to do; plain JSON when the gateway refused the request by itself',
  content: {
    'application/problem+json': { schema: problem },
    'application/json': { schema: gatewayMessage },
  },
};

let made: Record<string, unknown> | undefined;

/** The whole API as an OpenAPI 3.1 document, made from the contract. */
export function openapiDocument(): Record<string, unknown> {
  made ??= createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Kerf',
        version: '1',
        description: 'From quote to delivery. Every action of the pages is a call of this API.',
      },
      paths: paths(),
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: "A staff member's identity token or a customer's session",
          },
          link: {
            type: 'apiKey',
            in: 'header',
            name: 'Authorization',
            description: '`Link <secret>`, from a mail',
          },
          vendor: {
            type: 'apiKey',
            in: 'header',
            name: 'Authorization',
            description: '`Vendor <secret>`, from a mail to a vendor',
          },
        },
      },
    },
    {
      override: ({ jsonSchema, io }) => {
        if (io === 'output' && jsonSchema.type === 'object') delete jsonSchema.additionalProperties;
      },
    },
  ) as unknown as Record<string, unknown>;
  return made;
}

function paths(): ZodOpenApiPathsObject {
  const all: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of allRoutes) (all[route.path] ??= {})[route.method.toLowerCase()] = operation(route);
  return all;
}

function operation(route: Route): ZodOpenApiOperationObject {
  const headers = {
    ...(route.callers.staff ? { 'Kerf-Shop': kerfShop } : {}),
    ...(route.callers.webhook ? { 'Stripe-Signature': stripeSignature } : {}),
    ...(route.idempotent ? { 'Idempotency-Key': idempotencyKey } : {}),
    ...(route.versioned ? { 'If-Match': ifMatch } : {}),
  };
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.context],
    security: security(route),
    requestParams: {
      ...(route.params ? { path: route.params as z.ZodObject } : {}),
      ...(route.query ? { query: route.query as z.ZodObject } : {}),
      ...(Object.keys(headers).length > 0 ? { header: z.object(headers) } : {}),
    },
    ...(route.body
      ? {
          requestBody: {
            required: !route.body.safeParse(undefined).success,
            content: { 'application/json': { schema: route.body } },
          },
        }
      : {}),
    responses: {
      [`${route.status}`]:
        route.status === 204
          ? { description: route.summary }
          : { description: route.summary, content: { 'application/json': { schema: route.out } } },
      '4XX': problemResponse,
      '5XX': problemResponse,
    },
  };
}

function security({ callers }: Route): Record<string, string[]>[] {
  if (callers.public || callers.webhook) return [];
  return [
    ...(callers.staff || callers.customer || callers.person || callers.operator ? [{ bearer: [] }] : []),
    ...(callers.link ? [{ link: [] }] : []),
    ...(callers.vendor ? [{ vendor: [] }] : []),
  ];
}
