import { issuedKinds, keyOfPaper, type JobPaper } from '#domain/document/copies.ts';
import type { DocumentModel } from '#domain/document/document.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { findIssued, notePrint, type IssuedDocument } from '../adapters/dynamo/repositories/documents.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { sha256Of } from '../adapters/hash.ts';
import { renderPdf } from '../adapters/pdf/render-pdf.ts';
import { keys, readWhole, writePdf } from '../adapters/s3/files.ts';
import { issuePaper, pdfNameOf, readWording } from './issue-paper.ts';
import { modelsOf, type Papers } from './papers.ts';

/** A PDF in the store. */
export interface PrintedPaper {
  objectKey: string;
  /** With its ending. */
  fileName: string;
  bytes: number;
}

/**
 * Prints a paper. What is issued is printed once, when it is first read, stored by its content, and the same for ever after.
 * Everything else is printed anew, over the print before.
 */
export async function printPaper(
  t: Tenant,
  papers: Papers,
  paper: JobPaper,
): Promise<PrintedPaper | Refusal> {
  if (issuedKinds.includes(paper.kind)) {
    const document = await issuePaper(t, papers, paper);
    return isRefusal(document) ? document : printIssued(t, document);
  }
  const models = modelsOf(papers, paper);
  if (isRefusal(models)) return models;
  const content = await pdfOf(t, models);
  const fileName = pdfNameOf(models, papers);
  const objectKey = keys.draftDocument(t.shopId, papers.job.id, keyOfPaper(paper));
  await writePdf(t.shopId, objectKey, content, fileName);
  return { objectKey, fileName, bytes: content.length };
}

/** The file of an issued document; of two that print it at the same time the first decides. */
async function printIssued(t: Tenant, document: IssuedDocument): Promise<PrintedPaper> {
  const { fileName } = document;
  const file = ({ sha256, bytes }: { sha256: string; bytes: number }): PrintedPaper => ({
    objectKey: keys.issuedDocument(t.shopId, sha256),
    fileName,
    bytes,
  });
  if (document.print) return file(document.print);
  const content = await pdfOf(t, await readWording(t, document));
  const print = { sha256: sha256Of(content), bytes: content.length };
  await writePdf(t.shopId, keys.issuedDocument(t.shopId, print.sha256), content, fileName);
  try {
    await commit(t.client, [notePrint(t, document, print)]);
    return file(print);
  } catch (error) {
    const first =
      error instanceof ConflictError ? await findIssued(t, document.jobId, document.key) : undefined;
    if (!first?.print) throw error;
    return file(first.print);
  }
}

async function pdfOf(t: Tenant, models: readonly DocumentModel[]): Promise<Buffer> {
  const logo = models[0]?.letterhead.logo;
  const content = logo && (await readWhole(t.shopId, keys.logo(t.shopId, logo.sha256)));
  return renderPdf(models, content && { type: logo.type, content });
}
