import type * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { problem } from './errors.ts';
import type { Route } from './route.ts';
import { allRoutes } from './routes/all.ts';

const problemResponse = {
  description: 'What went wrong and what to do',
  content: { 'application/problem+json': { schema: problem } },
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
  const headers = [
    ...(route.idempotent
      ? [header('Idempotency-Key', 'A fresh random value per intention; a repeat gets the first answer.')]
      : []),
    ...(route.versioned ? [header('If-Match', 'The version the edit was made on.')] : []),
  ];
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.context],
    security: security(route),
    requestParams: {
      ...(route.params ? { path: route.params as z.ZodObject } : {}),
      ...(route.query ? { query: route.query as z.ZodObject } : {}),
    },
    ...(headers.length > 0 ? { parameters: headers } : {}),
    ...(route.body ? { requestBody: { content: { 'application/json': { schema: route.body } } } } : {}),
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

const header = (name: string, description: string) => ({
  name,
  in: 'header' as const,
  required: true,
  description,
  schema: { type: 'string' as const },
});

function security({ callers }: Route): Record<string, string[]>[] {
  if (callers.public || callers.webhook) return [];
  return [
    ...(callers.staff || callers.customer || callers.person || callers.operator ? [{ bearer: [] }] : []),
    ...(callers.link ? [{ link: [] }] : []),
    ...(callers.vendor ? [{ vendor: [] }] : []),
  ];
}
