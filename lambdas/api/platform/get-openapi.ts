import { openapiDocument } from '#contract/openapi.ts';
import * as routes from '#contract/routes/platform.ts';
import { implement } from '../../http/stack.ts';

export const getOpenapi = implement(routes.getOpenapi, async () => openapiDocument());
