import { issuedKinds, papersOf } from '#domain/document/copies.ts';
import { isRefusal } from '#domain/refusal.ts';
import { loadJob } from '../adapters/dynamo/repositories/jobs.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { reactor } from '../events/reactor.ts';
import { logger } from '../logger.ts';
import { issuePaper } from '../use-cases/issue-paper.ts';
import { loadPapers } from '../use-cases/papers.ts';

/** Something was sent or issued: every paper of the job that is to stay as it is now is settled, whatever happens how often. */
export const handler = reactor('issue-documents', async ({ shopId, jobId }) => {
  const t = tenant(shopId);
  const loaded = await loadJob(t, jobId);
  if (!loaded) return logger.error('papers of a job that is not there', { shopId, jobId });
  const papers = await loadPapers(t, loaded);
  for (const paper of papersOf(papers).filter(({ kind }) => issuedKinds.includes(kind))) {
    const outcome = await issuePaper(t, papers, paper);
    if (isRefusal(outcome))
      logger.error('a paper can not be issued', { shopId, jobId, why: outcome.message });
  }
});
