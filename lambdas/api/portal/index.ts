import { limitCalls } from '../../http/limit-calls.ts';
import { apiHandler } from '../../http/stack.ts';
import { getPortal } from './get-portal.ts';
import { getSession } from './get-session.ts';
import { openSession } from './open-session.ts';
import { requestCode } from './request-code.ts';

/** The portal context: one Lambda. */
export const handler = apiHandler([getPortal, getSession, openSession, requestCode], limitCalls);
