import * as routes from '#contract/routes/documents.ts';
import { issuedKinds, keyOfPaper, mayRead, papersOf } from '#domain/document/copies.ts';
import { isRefusal } from '#domain/refusal.ts';
import { implement } from '../../http/stack.ts';
import { loadPapers, modelsOf } from '../../use-cases/papers.ts';
import { inShop, visibleJob } from '../access.ts';
import { readerOf } from './reader.ts';

export const listDocuments = implement(routes.listDocuments, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const papers = await loadPapers(t, await visibleJob(t, caller, params.jobId));
  const documents = papersOf(papers)
    .filter((paper) => mayRead(readerOf(caller), paper))
    .flatMap((paper) => {
      const models = modelsOf(papers, paper);
      if (isRefusal(models) || !models[0]) return [];
      const [{ kind, title, number, instant }] = models;
      return {
        key: keyOfPaper(paper),
        kind,
        title,
        number: models.length === 1 ? number : papers.job.number,
        issued: issuedKinds.includes(kind),
        at: instant,
      };
    });
  return { documents };
});
