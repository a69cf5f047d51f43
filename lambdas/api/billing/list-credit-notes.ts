import * as routes from '#contract/routes/documents.ts';
import { creditNotesOfJob } from '../../adapters/dynamo/repositories/documents.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { creditNoteView } from './account-view.ts';
import { visibleInvoice } from './visible-invoice.ts';

export const listCreditNotes = implement(routes.listCreditNotes, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const { id, jobId } = await visibleInvoice(t, caller, params.invoiceId);
  const notes = (await creditNotesOfJob(t, jobId)).filter(({ invoiceId }) => invoiceId === id);
  return { creditNotes: notes.map(creditNoteView) };
});
