import { issuedKinds, keyOfPaper, type JobPaper } from '#domain/document/copies.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { findIssued, issueDocument } from '../adapters/dynamo/repositories/documents.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { sha256Of } from '../adapters/hash.ts';
import { renderPdf, type Picture } from '../adapters/pdf/render-pdf.ts';
import { keys, readWhole, writePdf } from '../adapters/s3/files.ts';
import { modelsOf, type Papers } from './papers.ts';

/** A PDF in the store. */
export interface PrintedPaper {
  objectKey: string;
  /** With its ending. */
  fileName: string;
  bytes: number;
}

/**
 * Prints a paper. What is issued is printed once, stored by its content, and the same for ever after; of two that print it at the
 * same time the first decides. Everything else is printed anew, over the print before.
 */
export async function printPaper(
  t: Tenant,
  papers: Papers,
  paper: JobPaper,
): Promise<PrintedPaper | Refusal> {
  const jobId = papers.job.id;
  const key = keyOfPaper(paper);
  const issued = issuedKinds.includes(paper.kind);
  const before = issued ? await findIssued(t, jobId, key) : undefined;
  if (before) return printed(t, before);

  const models = modelsOf(papers, paper);
  if (isRefusal(models)) return models;
  const content = await renderPdf(models, await logoOf(t, papers));
  const fileName = `${models.length === 1 ? (models[0]?.fileName ?? key) : `Work-order-${papers.job.number}`}.pdf`;
  if (!issued) {
    const objectKey = keys.draftDocument(t.shopId, jobId, key);
    await writePdf(t.shopId, objectKey, content, fileName);
    return { objectKey, fileName, bytes: content.length };
  }
  const sha256 = sha256Of(content);
  await writePdf(t.shopId, keys.issuedDocument(t.shopId, sha256), content, fileName);
  const document = {
    jobId,
    key,
    sha256,
    bytes: content.length,
    fileName,
    issuedAt: models[0]?.instant ?? papers.job.updatedAt,
  };
  try {
    await commit(t.client, [issueDocument(t, document)]);
    return printed(t, document);
  } catch (error) {
    const first = error instanceof ConflictError ? await findIssued(t, jobId, key) : undefined;
    if (!first) throw error;
    return printed(t, first);
  }
}

const printed = (
  { shopId }: Tenant,
  { sha256, fileName, bytes }: { sha256: string; fileName: string; bytes: number },
): PrintedPaper => ({ objectKey: keys.issuedDocument(shopId, sha256), fileName, bytes });

async function logoOf(t: Tenant, { letterhead: { logo } }: Papers): Promise<Picture | undefined> {
  const content = logo && (await readWhole(t.shopId, keys.logo(t.shopId, logo.sha256)));
  return content && logo ? { type: logo.type, content } : undefined;
}
