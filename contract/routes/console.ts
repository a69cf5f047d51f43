import * as z from 'zod';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { line } from '../text.ts';
import { closingView } from '../views/closing.ts';
import { currency, instant } from '../views/job.ts';
import { planName, standingView, supportEntryView, usageView } from '../views/platform.ts';

const callers = { operator: true } as const;
const shopParams = z.object({ shopId: id('shop') });
/** Why: read by the shop. */
const reason = line(300);

export const getOperator = route({
  id: 'getOperator',
  method: 'GET',
  path: '/v1/console/me',
  context: 'console',
  summary: 'The platform operator who is signed in',
  callers,
  out: z.object({ personId: z.string(), email: z.string(), name: z.string() }),
  status: 200,
});

const foundShop = z
  .object({ id: id('shop'), name: z.string(), slug: z.string(), email: z.string(), createdAt: instant })
  .meta({ id: 'FoundShop' });
export type FoundShop = z.infer<typeof foundShop>;

export const findShops = route({
  id: 'findShops',
  method: 'GET',
  path: '/v1/console/shops',
  context: 'console',
  summary:
    "Shops whose name (any word of it), portal address or owner's address begins so, or the one of that id; the newest without a query; at most 50",
  callers,
  query: z.object({ q: z.string().trim().max(100).optional() }),
  out: z.object({ shops: z.array(foundShop) }),
  status: 200,
});

export const shopSummary = z
  .object({
    shop: foundShop.extend({ currency, timeZone: z.string(), paymentsReady: z.boolean() }),
    standing: standingView,
    closing: closingView.optional(),
    /** Of all its time. */
    jobs: z.int(),
    events: z.int(),
    members: z.array(z.object({ name: z.string(), role: z.string() })),
    machines: z.int(),
    /** Agents that were heard of within their time. */
    agentsConnected: z.int(),
    agents: z.int(),
    /** The newest event of its log. */
    lastActivityAt: instant.optional(),
    usage: usageView,
    /** About what each of the usage's months cost Kerf at AWS, in US dollars. */
    dollars: z.array(z.number()),
    support: z.array(supportEntryView),
  })
  .meta({ id: 'ShopSummary' });
export type ShopSummary = z.infer<typeof shopSummary>;

export const getShopSummary = route({
  id: 'getShopSummary',
  method: 'GET',
  path: '/v1/console/shops/{shopId}',
  context: 'console',
  summary: 'How a shop stands, what it holds, and what was done about it',
  callers,
  params: shopParams,
  out: shopSummary,
  status: 200,
});

export const suspendShop = route({
  id: 'suspendShop',
  method: 'POST',
  path: '/v1/console/shops/{shopId}/suspend',
  context: 'console',
  summary: 'Suspend a shop: its owner still reads, nobody changes anything, machines go on reporting',
  callers,
  params: shopParams,
  body: z.object({ reason }),
  out: standingView,
  status: 200,
  idempotent: true,
});

export const liftSuspension = route({
  id: 'liftSuspension',
  method: 'POST',
  path: '/v1/console/shops/{shopId}/lift-suspension',
  context: 'console',
  summary: 'Let a suspended shop work again; mails that waited go out',
  callers,
  params: shopParams,
  body: z.object({ reason }),
  out: standingView,
  status: 200,
  idempotent: true,
});

export const changePlan = route({
  id: 'changePlan',
  method: 'POST',
  path: '/v1/console/shops/{shopId}/plan',
  context: 'console',
  summary: 'Give a shop another plan; what it uses already stays',
  callers,
  params: shopParams,
  body: z.object({ plan: planName, reason }),
  out: standingView,
  status: 200,
  idempotent: true,
});

export const visitShop = route({
  id: 'visitShop',
  method: 'POST',
  path: '/v1/console/shops/{shopId}/visits',
  context: 'console',
  summary:
    'A session of 15 minutes as an admin of the shop, without its payments; the shop reads of it, and of every change made in it',
  callers,
  params: shopParams,
  body: z.object({ reason }),
  out: z.object({ visitId: id('sup'), token: z.string(), expiresAt: instant }),
  status: 201,
  idempotent: true,
});

export const endVisit = route({
  id: 'endVisit',
  method: 'DELETE',
  path: '/v1/console/shops/{shopId}/visits/{visitId}',
  context: 'console',
  summary: 'End a visit before its time is over; ending it twice changes nothing',
  callers,
  params: shopParams.extend({ visitId: id('sup') }),
  out: z.object({ endedAt: instant }),
  status: 200,
});

export const stuckJob = z
  .object({
    shopId: id('shop'),
    shopName: z.string(),
    jobId: id('job'),
    number: z.string(),
    title: z.string(),
    status: z.string(),
    /** Since when its workflow should have stirred. */
    overdueSince: instant,
    /** Executions that were replaced so far. */
    repairs: z.int(),
    executionRuns: z.boolean(),
  })
  .meta({ id: 'StuckJob' });
export type StuckJob = z.infer<typeof stuckJob>;

export const listStuckJobs = route({
  id: 'listStuckJobs',
  method: 'GET',
  path: '/v1/console/stuck-jobs',
  context: 'console',
  summary:
    'Jobs of all shops whose workflow is overdue although the reconciler looks each minute; longest first, at most 100',
  callers,
  out: z.object({ jobs: z.array(stuckJob) }),
  status: 200,
});

export const restartWorkflow = route({
  id: 'restartWorkflow',
  method: 'POST',
  path: '/v1/console/shops/{shopId}/jobs/{jobId}/restart-workflow',
  context: 'console',
  summary: "Replace a job's execution by a fresh one at the job's own status; the job itself does not change",
  callers,
  params: shopParams.extend({ jobId: id('job') }),
  out: z.object({ generation: z.int() }),
  status: 200,
  idempotent: true,
});

export const trouble = z
  .object({
    id: z.string(),
    shopId: id('shop'),
    shopName: z.string(),
    jobId: id('job'),
    /** The function that failed. */
    what: z.string(),
    error: z.string(),
    attempts: z.int(),
    firstAt: instant,
    lastAt: instant,
    /** Its own repetitions are used up: only somebody who tries again moves it. */
    givenUp: z.boolean(),
  })
  .meta({ id: 'Trouble' });
export type Trouble = z.infer<typeof trouble>;

export const listTroubles = route({
  id: 'listTroubles',
  method: 'GET',
  path: '/v1/console/troubles',
  context: 'console',
  summary:
    'What functions could not do for events and jobs of all shops: what keeps failing, oldest first, then what has just failed',
  callers,
  out: z.object({ troubles: z.array(trouble), overdueEvents: z.int() }),
  status: 200,
});

export const retryTrouble = route({
  id: 'retryTrouble',
  method: 'POST',
  path: '/v1/console/shops/{shopId}/troubles/{troubleId}/retry',
  context: 'console',
  summary: 'Try again what failed: the event goes to all who react to it, once more; a workflow starts anew',
  callers,
  params: shopParams.extend({
    troubleId: z.string().regex(/^[a-z-]{3,40}\.(evt|job)_[0-7][0-9a-hjkmnp-tv-z]{25}$/),
  }),
  out: z.object({ again: z.enum(['event', 'workflow']) }),
  status: 200,
  idempotent: true,
});

export const dismissTrouble = route({
  id: 'dismissTrouble',
  method: 'DELETE',
  path: '/v1/console/shops/{shopId}/troubles/{troubleId}',
  context: 'console',
  summary: 'Take a trouble off the list that was settled otherwise',
  callers,
  params: retryTrouble.params,
  out: z.undefined(),
  status: 204,
});
