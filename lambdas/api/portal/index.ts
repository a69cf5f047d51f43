import { limitedApiHandler } from '../../http/limit-calls.ts';
import { getPortal } from './get-portal.ts';
import { getSession } from './get-session.ts';
import { openSession } from './open-session.ts';
import { requestCode } from './request-code.ts';

/** The portal context: one Lambda. */
export const handler = limitedApiHandler([getPortal, getSession, openSession, requestCode]);
