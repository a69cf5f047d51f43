import { billOfOffer } from '#domain/document/bill.ts';
import { keyOfPaper, papersOf, type JobPaper } from '#domain/document/copies.ts';
import type { DocumentModel } from '#domain/document/document.ts';
import { creditNoteDocument, invoiceDocument, proFormaDocument } from '#domain/document/invoice-documents.ts';
import { letterheadOf, type Letterhead } from '#domain/document/letterhead.ts';
import { purchaseOrderDocument } from '#domain/document/purchase-order-document.ts';
import { quoteDocument } from '#domain/document/quote-document.ts';
import {
  packingSlipDocument,
  travelerAudiences,
  travelerDocument,
  type PaperPart,
  type TravelerAudience,
} from '#domain/document/work-papers.ts';
import type { CreditNote } from '#domain/credit-note/credit-note.ts';
import { checklistsFor } from '#domain/inspection/checklist.ts';
import { good } from '#domain/job/job.ts';
import { labelOf } from '#domain/job/template.ts';
import type { PriceBook } from '#domain/price/price-book.ts';
import type { PurchaseOrder } from '#domain/purchase-order/purchase-order.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import {
  creditNotesOfJob,
  loadLetterhead,
  purchaseOrdersOfJob,
} from '../adapters/dynamo/repositories/documents.ts';
import { loadHistory, type JobHistory, type LoadedJob } from '../adapters/dynamo/repositories/jobs.ts';
import { loadChecklists } from '../adapters/dynamo/repositories/quality.ts';
import { loadPriceBook, loadShop } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { environment } from '../env.ts';

const { PUBLIC_URL } = environment('PUBLIC_URL');

/** All that a job's papers are made of. */
export interface Papers extends LoadedJob, JobHistory {
  creditNotes: CreditNote[];
  purchaseOrders: PurchaseOrder[];
  letterhead: Letterhead;
  book: PriceBook;
  /** What will be looked at, by the ways its parts are made. */
  checklist: string[];
  jobUrl: string;
  orderUrl: string;
}

export async function loadPapers(t: Tenant, loaded: LoadedJob): Promise<Papers> {
  const jobId = loaded.job.id;
  const [history, creditNotes, purchaseOrders, shop, stored, book, checklists] = await Promise.all([
    loadHistory(t, jobId),
    creditNotesOfJob(t, jobId),
    purchaseOrdersOfJob(t, jobId),
    loadShop(t),
    loadLetterhead(t),
    loadPriceBook(t),
    loadChecklists(t),
  ]);
  const lists = checklistsFor(checklists, {
    template: loaded.job.template,
    processes: loaded.parts.map(({ process }) => process),
  });
  return {
    ...loaded,
    ...history,
    creditNotes,
    purchaseOrders,
    letterhead: letterheadOf(shop, stored),
    book,
    checklist: [...new Set(lists.flatMap(({ items }) => items.map(({ label }) => label)))],
    jobUrl: `${PUBLIC_URL}/jobs/${jobId}`,
    orderUrl: `${PUBLIC_URL}/p/${shop.slug}/job/${jobId}`,
  };
}

/** The job's paper of this name; undefined when there is none (yet). */
export const findPaper = (papers: Papers, key: string): JobPaper | undefined =>
  papersOf(papers).find((paper) => keyOfPaper(paper) === key);

/** A paper as the documents in its file: one, or the three copies of a work order. */
export function modelsOf(papers: Papers, paper: JobPaper): DocumentModel[] | Refusal {
  const model = modelOf(papers, paper);
  if (Array.isArray(model)) return model;
  return isRefusal(model) ? model : [model];
}

function modelOf(papers: Papers, paper: JobPaper): DocumentModel | DocumentModel[] | Refusal {
  const { letterhead, job, quotes, invoices, creditNotes, purchaseOrders, orderUrl } = papers;
  const details = scopeOf(papers);
  switch (paper.kind) {
    case 'quote': {
      const quote = found(quotes.find(({ version }) => version === paper.version));
      return quoteDocument({ letterhead, job, quote, versions: quotes, details, orderUrl });
    }
    case 'pro_forma': {
      const quote = found(quotes.find(({ version }) => version === paper.version));
      return proFormaDocument({ letterhead, job, quote, details, orderUrl });
    }
    case 'invoice': {
      const invoice = found(invoices.find(({ id }) => id === paper.id));
      return invoiceDocument({ letterhead, job, invoice, orderUrl });
    }
    case 'credit_note': {
      const creditNote = found(creditNotes.find(({ id }) => id === paper.id));
      return creditNoteDocument({ letterhead, job, creditNote });
    }
    case 'purchase_order':
      return purchaseOrderDocument(letterhead, found(purchaseOrders.find(({ id }) => id === paper.id)));
    case 'packing_slip':
      return packingSlipDocument({ letterhead, job, parts: partsOf(papers), orderUrl });
    case 'traveler':
      return paper.copy === 'all'
        ? travelerAudiences.map((audience) => travelerOf(papers, audience))
        : travelerOf(papers, paper.copy);
  }
}

function found<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('A paper names what its job does not have');
  return thing;
}

function travelerOf(papers: Papers, audience: TravelerAudience): DocumentModel {
  const { letterhead, job, template, quotes, jobUrl, orderUrl } = papers;
  const offered = quotes.filter(({ state }) => state !== 'draft');
  const offer = offered.filter(({ state }) => state === 'approved').at(-1) ?? offered.at(-1);
  return travelerDocument({
    letterhead,
    job,
    parts: partsOf(papers),
    audience,
    jobUrl,
    orderUrl,
    bill: offer && billOfOffer(offer.price, scopeOf(papers)),
    statusLabels: {
      shop: labelOf(template, job.status, 'shop'),
      customer: labelOf(template, job.status, 'customer'),
    },
    checklist: papers.checklist,
  });
}

const nameOf = (list: readonly { id: string; name: string }[], id: string): string =>
  list.find((each) => each.id === id)?.name ?? id;

/** What each part is made of, by its id. */
const scopeOf = ({ parts, book }: Papers): Record<string, string> =>
  Object.fromEntries(
    parts.map(({ id, materialId, finishId }) => [
      id,
      `${nameOf(book.materials, materialId)} · ${nameOf(book.finishes, finishId)}`,
    ]),
  );

/** The newest offer knows what making takes. */
function partsOf({ parts, files, quotes, book }: Papers): PaperPart[] {
  const lines = quotes.at(-1)?.price.lines ?? [];
  return parts.map((part) => {
    const estimate = lines.find(({ partId }) => partId === part.id)?.estimate;
    return {
      name: part.name,
      fileName: files.find(({ id }) => id === part.fileId)?.name ?? '',
      material: nameOf(book.materials, part.materialId),
      finish: nameOf(book.finishes, part.finishId),
      wanted: part.wanted,
      good: good(part),
      ...(estimate?.orientation?.turned ? { lies: estimate.orientation.words } : {}),
      ...(estimate
        ? {
            estimate: {
              seconds: estimate.printSeconds * part.wanted,
              grams: estimate.materialGrams * part.wanted,
            },
          }
        : {}),
    };
  });
}
