import { apiHandler } from '../../http/stack.ts';
import { getConfig } from './get-config.ts';
import { getOpenapi } from './get-openapi.ts';

/** The platform context: one Lambda. */
export const handler = apiHandler([getConfig, getOpenapi]);
