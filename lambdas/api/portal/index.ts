import { shopApiHandler } from '../../http/shop-api.ts';
import { getPortal } from './get-portal.ts';
import { getSession } from './get-session.ts';
import { openSession } from './open-session.ts';
import { requestCode } from './request-code.ts';

/** The portal context: one Lambda. */
export const handler = shopApiHandler([getPortal, getSession, openSession, requestCode]);
