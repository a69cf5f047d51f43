import * as routes from '#contract/routes/jobs.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { loadQuoteDraft } from '../../adapters/dynamo/repositories/jobs.ts';
import { implement } from '../../http/stack.ts';
import { customerNow } from '../../use-cases/customer-now.ts';
import { makeOffer, offerWrite } from '../../use-cases/make-offer.ts';
import { runCommand } from './run-command.ts';

export const sendQuote = implement(routes.sendQuote, (request) => {
  const { draftVersion, message, lines } = request.body;
  return runCommand(request, async (loaded, now, t) => {
    const draft = await loadQuoteDraft(t, loaded.job.id);
    if (draftVersion !== undefined && draftVersion !== (draft?.version ?? 0))
      return refuse(
        'stale',
        `${draft?.savedBy ?? 'Somebody'} has changed the draft meanwhile. Look at it again before you send it.`,
        'draftVersion',
      );
    const offer = await makeOffer(t, loaded, now, { lines, draft });
    if (isRefusal(offer)) return offer;
    const said = message === undefined ? {} : { message };
    return {
      command: { name: 'send_quote', ...offer.terms },
      customer: await customerNow(t, loaded.job),
      writes: ({ job }) => [offerWrite(t, job, offer, now, said)],
    };
  });
});
