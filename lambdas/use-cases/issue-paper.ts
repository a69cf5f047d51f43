import { keyOfPaper, type JobPaper } from '#domain/document/copies.ts';
import type { DocumentModel } from '#domain/document/document.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { findIssued, issueDocument, type IssuedDocument } from '../adapters/dynamo/repositories/documents.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { sha256 } from '../adapters/hash.ts';
import { keys, readWhole, writeObject } from '../adapters/s3/files.ts';
import { modelsOf, type Papers } from './papers.ts';

/** Of one document its own name, of several in one file the job's. */
export const pdfNameOf = (models: readonly DocumentModel[], { job }: Papers): string => {
  const [first] = models;
  return `${models.length === 1 && first ? first.fileName : `Work-order-${job.number}`}.pdf`;
};

/**
 * Settles what a paper says, once: repeating it, or doing it twice at the same time, gives what the first one settled. Printing takes the
 * machine a while and most papers are read on the screen only, so that is left to the first reader.
 */
export async function issuePaper(
  t: Tenant,
  papers: Papers,
  paper: JobPaper,
): Promise<IssuedDocument | Refusal> {
  const { id: jobId, updatedAt } = papers.job;
  const key = keyOfPaper(paper);
  const before = await findIssued(t, jobId, key);
  if (before) return before;
  const models = modelsOf(papers, paper);
  if (isRefusal(models)) return models;
  const content = JSON.stringify(models);
  const wording = sha256(content);
  await writeObject(t.shopId, keys.wording(t.shopId, wording), Buffer.from(content), 'application/json');
  const document = {
    jobId,
    key,
    wording,
    fileName: pdfNameOf(models, papers),
    issuedAt: models[0]?.instant ?? updatedAt,
  };
  try {
    await commit(t.client, [issueDocument(t, document)]);
    return document;
  } catch (error) {
    const first = error instanceof ConflictError ? await findIssued(t, jobId, key) : undefined;
    if (!first) throw error;
    return first;
  }
}

/** What an issued document says. @throws when the store lost it */
export async function readWording(t: Tenant, { key, wording }: IssuedDocument): Promise<DocumentModel[]> {
  const content = await readWhole(t.shopId, keys.wording(t.shopId, wording));
  if (!content) throw new Error(`The store has not what ${key} says`);
  return JSON.parse(content.toString('utf8')) as DocumentModel[];
}
