import type { Route } from '../route.ts';
import * as account from './account.ts';
import * as billing from './billing.ts';
import * as books from './books.ts';
import * as console from './console.ts';
import * as customers from './customers.ts';
import * as edits from './edits.ts';
import * as documents from './documents.ts';
import * as farm from './farm.ts';
import * as jobs from './jobs.ts';
import * as lifecycle from './lifecycle.ts';
import * as mail from './mail.ts';
import * as money from './money.ts';
import * as platform from './platform.ts';
import * as portal from './portal.ts';
import * as quotes from './quotes.ts';
import * as quality from './quality.ts';
import * as shops from './shops.ts';
import * as vendors from './vendors.ts';
import * as templates from './templates.ts';

const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'path' in value && 'context' in value;

/** Every route of the API; the gateway, the isolation matrix and OpenAPI are made from it. */
export const allRoutes: readonly Route[] = [
  platform,
  shops,
  templates,
  customers,
  portal,
  jobs,
  edits,
  lifecycle,
  quotes,
  farm,
  billing,
  money,
  books,
  documents,
  quality,
  vendors,
  mail,
  console,
  account,
].flatMap((module) => Object.values(module).filter(isRoute));
