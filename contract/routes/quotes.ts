import * as z from 'zod';
import { rolesOf } from '#domain/actor.ts';
import { id, versionParam } from '../ids.ts';
import { route } from '../route.ts';
import { quoteDiff, quoteDraft, quoteEdits, recomputedQuote } from '../views/quote-draft.ts';

const seller = rolesOf('shop');
const jobParams = z.object({ jobId: id('job') });
const quoteParams = z.object({ jobId: id('job'), version: versionParam });

export const getQuoteDraft = route({
  id: 'getQuoteDraft',
  method: 'GET',
  path: '/v1/jobs/{jobId}/quote-draft',
  context: 'jobs',
  summary: 'The next version of the quote while it is prepared, priced as of now',
  callers: { staff: seller },
  params: jobParams,
  out: quoteDraft,
  status: 200,
});

export const saveQuoteDraft = route({
  id: 'saveQuoteDraft',
  method: 'PUT',
  path: '/v1/jobs/{jobId}/quote-draft',
  context: 'jobs',
  summary: "Keep the shop's decisions about the next version",
  callers: { staff: seller },
  params: jobParams,
  body: z.object({ edits: quoteEdits }),
  out: quoteDraft,
  status: 200,
  versioned: true,
});

export const tryQuoteEdits = route({
  id: 'tryQuoteEdits',
  method: 'POST',
  path: '/v1/jobs/{jobId}/quote-draft/price',
  context: 'jobs',
  summary: 'What the next version would cost with these decisions; nothing is kept',
  callers: { staff: seller },
  params: jobParams,
  body: z.object({ edits: quoteEdits }),
  out: quoteDraft,
  status: 200,
  idempotent: true,
});

export const compareQuotes = route({
  id: 'compareQuotes',
  method: 'GET',
  path: '/v1/jobs/{jobId}/quotes/{version}/diff',
  context: 'jobs',
  summary: 'What a version says differently from an earlier one, the one before it without a choice',
  callers: { staff: seller, customer: true, link: true },
  params: quoteParams,
  query: z.object({ against: versionParam.optional() }),
  out: quoteDiff,
  status: 200,
});

export const recomputeQuote = route({
  id: 'recomputeQuote',
  method: 'GET',
  path: '/v1/jobs/{jobId}/quotes/{version}/recompute',
  context: 'jobs',
  summary: 'Computes a version again from what it was made of',
  callers: { staff: [...seller, 'accountant'] },
  params: quoteParams,
  out: recomputedQuote,
  status: 200,
});
