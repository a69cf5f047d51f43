import * as routes from '#contract/routes/documents.ts';
import { isRefusal } from '#domain/refusal.ts';
import { creditNotesOfJob } from '../../adapters/dynamo/repositories/documents.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { newId } from '../../adapters/ids.ts';
import { actorOf } from '../../http/caller.ts';
import { once } from '../../http/once.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { changeBooks } from '../../use-cases/change-books.ts';
import { creditNoteEvent, creditNoteFor } from '../../use-cases/return-payment.ts';
import { inShop } from '../access.ts';
import { creditNoteView } from './account-view.ts';
import { visibleInvoice } from './visible-invoice.ts';

export const createCreditNote = implement(routes.createCreditNote, async (request) => {
  const { caller, t } = inShop(request.caller);
  const invoice = await visibleInvoice(t, caller, request.params.invoiceId);
  const { jobId, customer } = invoice;
  const { id } = await once(idempotencyOf(t), request, async (record) => {
    const result = { id: newId('crn') };
    const outcome = await changeBooks(t, jobId, async (_, { creditNotes }, now) => {
      const credited = await creditNoteFor(t, invoice, creditNotes, { ...request.body, ...result }, now);
      if (isRefusal(credited)) return credited;
      return {
        result,
        actor: actorOf(caller, customer.name),
        credited,
        events: () => [creditNoteEvent(credited.note)],
        writes: record(result),
      };
    });
    if (outcome && 'refusal' in outcome) throw refused(outcome.refusal);
    return result;
  });
  const note = (await creditNotesOfJob(t, jobId)).find((each) => each.id === id);
  if (!note) throw notFound();
  return creditNoteView(note);
});
