import * as routes from '#contract/routes/documents.ts';
import { mayRead } from '#domain/document/copies.ts';
import { isRefusal } from '#domain/refusal.ts';
import { downloadUrlEnds, downloadUrl } from '../../adapters/s3/files.ts';
import { ApiError, notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { findPaper, loadPapers } from '../../use-cases/papers.ts';
import { printPaper } from '../../use-cases/print-paper.ts';
import { inShop, visibleJob } from '../access.ts';
import { readerOf } from './reader.ts';

export const getDocument = implement(routes.getDocument, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const papers = await loadPapers(t, await visibleJob(t, caller, params.jobId));
  const paper = findPaper(papers, params.documentKey);
  if (!paper) throw notFound();
  if (!mayRead(readerOf(caller), paper)) {
    // For a customer the shop's own papers do not exist.
    if (caller.kind !== 'staff') throw notFound();
    throw new ApiError('wrong_role', 'This document is for members who deal with customers or money.');
  }
  const printed = await printPaper(t, papers, paper);
  if (isRefusal(printed)) throw refused(printed);
  const { objectKey, fileName, bytes } = printed;
  return { url: await downloadUrl(t.shopId, objectKey), expiresAt: downloadUrlEnds(), fileName, bytes };
});
