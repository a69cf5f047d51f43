import type { Job } from '#domain/job/job.ts';
import type { Write } from '../adapters/dynamo/commit.ts';
import { answerQuote } from '../adapters/dynamo/repositories/jobs.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

/** The open version ends without the customer's answer; nothing to write when none is open. */
export const endOpenQuote = (t: Tenant, { id, quote }: Job, state: 'superseded' | 'expired'): Write[] =>
  quote?.state === 'sent' ? [answerQuote(t, id, quote.version, { state })] : [];
