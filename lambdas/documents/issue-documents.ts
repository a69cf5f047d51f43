import { issuedKinds, keyOfPaper, papersOf } from '#domain/document/copies.ts';
import { isRefusal } from '#domain/refusal.ts';
import { findIssued } from '../adapters/dynamo/repositories/documents.ts';
import { loadJob } from '../adapters/dynamo/repositories/jobs.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { parseBusEvent } from '../events/bus-event.ts';
import { logger } from '../logger.ts';
import { loadPapers } from '../use-cases/papers.ts';
import { printPaper } from '../use-cases/print-paper.ts';

/** Something was sent or issued: every paper of the job that is to stay as it is now is printed, whatever happens how often. */
export async function handler(event: unknown): Promise<void> {
  const { shopId, jobId } = parseBusEvent(event);
  const t = tenant(shopId);
  const loaded = await loadJob(t, jobId);
  if (!loaded) return logger.error('papers of a job that is not there', { shopId, jobId });
  const papers = await loadPapers(t, loaded);
  for (const paper of papersOf(papers).filter(({ kind }) => issuedKinds.includes(kind))) {
    if (await findIssued(t, jobId, keyOfPaper(paper))) continue;
    const outcome = await printPaper(t, papers, paper);
    if (isRefusal(outcome))
      logger.error('a paper can not be printed', { shopId, jobId, why: outcome.message });
  }
}
