import * as z from 'zod';
import { route } from '../route.ts';

export const getConfig = route({
  id: 'getConfig',
  method: 'GET',
  path: '/v1/config',
  context: 'platform',
  summary: 'Public addresses a browser needs: sign-in and live updates',
  callers: { public: true },
  out: z.object({
    identity: z.object({ endpoint: z.string(), clientId: z.string(), region: z.string() }),
    live: z.object({ url: z.string() }),
  }),
  status: 200,
});

export const getOpenapi = route({
  id: 'getOpenapi',
  method: 'GET',
  path: '/v1/openapi.json',
  context: 'platform',
  summary: 'This API as an OpenAPI 3.1 document',
  callers: { public: true },
  out: z.record(z.string(), z.unknown()),
  status: 200,
});
