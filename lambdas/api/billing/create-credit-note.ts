import * as routes from '#contract/routes/documents.ts';
import { issueCreditNote } from '#domain/credit-note/credit-note.ts';
import { isRefusal } from '#domain/refusal.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { creditNotesOfJob, creditNoteWrites } from '../../adapters/dynamo/repositories/documents.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { eventWrite } from '../../adapters/dynamo/repositories/jobs.ts';
import { lastSerial } from '../../adapters/dynamo/repositories/serials.ts';
import { newId } from '../../adapters/ids.ts';
import { actorOf } from '../../http/caller.ts';
import { once } from '../../http/once.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { numberAnew } from '../../use-cases/number-anew.ts';
import { inShop } from '../access.ts';
import { creditNoteView } from './credit-note-view.ts';
import { visibleInvoice } from './visible-invoice.ts';

export const createCreditNote = implement(routes.createCreditNote, async (request) => {
  const { caller, t } = inShop(request.caller);
  const invoice = await visibleInvoice(t, caller, request.params.invoiceId);
  const { jobId, customer } = invoice;
  const { id } = await once(idempotencyOf(t), request, async (record) => {
    const result = { id: newId('crn') };
    // Whoever credits the same invoice beside us takes the next number: then we look again at what is left.
    await numberAnew(async () => {
      const serial = (await lastSerial(t, 'credit_notes')) + 1;
      const earlier = (await creditNotesOfJob(t, jobId)).filter(({ invoiceId }) => invoiceId === invoice.id);
      const instant = now();
      const note = issueCreditNote({ ...request.body, ...result, serial, invoice, earlier }, instant);
      if (isRefusal(note)) throw refused(note);
      const { number, invoiceNumber, totalMinor, currency } = note;
      const event = {
        type: 'credit_note.issued' as const,
        data: { number, invoiceNumber, totalMinor, currency },
      };
      await commit(t.client, [
        ...creditNoteWrites(t, note, serial),
        eventWrite(t, { id: jobId, customer }, event, actorOf(caller, customer.name), instant),
        ...record(result),
      ]);
    });
    return result;
  });
  const note = (await creditNotesOfJob(t, jobId)).find((each) => each.id === id);
  if (!note) throw notFound();
  return creditNoteView(note);
});
