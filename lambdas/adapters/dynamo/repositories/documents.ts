import type { CreditNote } from '#domain/credit-note/credit-note.ts';
import { firstLetterhead, type StoredLetterhead } from '#domain/document/letterhead.ts';
import type { PurchaseOrder } from '#domain/purchase-order/purchase-order.ts';
import { put, update, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';
import { serialWrite } from './serials.ts';

const all = { consistent: true, pages: 'all' } as const;

/** Oldest first. */
export async function creditNotesOfJob({ entities }: Tenant, jobId: string): Promise<CreditNote[]> {
  return (await entities.creditNote.query.ofJob({ jobId }).go(all)).data.map(({ note }) => note);
}

export const creditNoteWrites = (t: Tenant, note: CreditNote, serial: number): Write[] => {
  const { id, jobId, invoiceId, issuedAt } = note;
  return [
    put('creditNote', t.entities.creditNote.create({ id, jobId, invoiceId, issuedAt, note }).params()),
    serialWrite(t, 'credit_notes', serial),
  ];
};

/** Oldest first. */
export async function purchaseOrdersOfJob({ entities }: Tenant, jobId: string): Promise<PurchaseOrder[]> {
  return (await entities.purchaseOrder.query.ofJob({ jobId }).go(all)).data.map(({ order }) => order);
}

export const purchaseOrderWrites = (t: Tenant, order: PurchaseOrder, serial: number): Write[] => [
  put('purchaseOrder', t.entities.purchaseOrder.create({ id: order.id, jobId: order.jobId, order }).params()),
  serialWrite(t, 'purchase_orders', serial),
];

/** A document as it was issued. */
export interface IssuedDocument {
  jobId: string;
  key: string;
  fileName: string;
  issuedAt: string;
  /** Hash of what it says. */
  wording: string;
  /** The file it became, once somebody has read it. */
  print?: { sha256: string; bytes: number } | undefined;
}

export async function findIssued(
  { entities }: Tenant,
  jobId: string,
  key: string,
): Promise<IssuedDocument | undefined> {
  return (await entities.document.get({ jobId, key }).go({ consistent: true })).data ?? undefined;
}

/** The first to issue a document decides what it says. */
export const issueDocument = ({ entities }: Tenant, document: IssuedDocument): Write =>
  put('document', entities.document.create(document).params());

/** The first print of an issued document is its file for ever. */
export const notePrint = (
  { entities }: Tenant,
  { jobId, key }: IssuedDocument,
  print: { sha256: string; bytes: number },
): Write =>
  update(
    'document',
    entities.document
      .patch({ jobId, key })
      .set({ print })
      .where(({ print: before }, { notExists }) => notExists(before))
      .params(),
  );

export async function loadLetterhead({ entities }: Tenant): Promise<StoredLetterhead> {
  const { data } = await entities.letterhead.get({}).go({ consistent: true });
  return data ? { ...data.settings, version: data.version } : firstLetterhead;
}

/** Writes a letterhead whose version was one lower when it was read. */
export function putLetterhead({ entities }: Tenant, { version, ...settings }: StoredLetterhead): Write {
  const row = { version, settings };
  return put(
    'letterhead',
    version === 1
      ? entities.letterhead.create(row).params()
      : entities.letterhead
          .put(row)
          .where(({ version: stored }, { eq }) => eq(stored, version - 1))
          .params(),
  );
}
