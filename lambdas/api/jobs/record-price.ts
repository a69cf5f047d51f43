import * as routes from '#contract/routes/lifecycle.ts';
import { isRefusal } from '#domain/refusal.ts';
import { implement } from '../../http/stack.ts';
import { customerNow } from '../../use-cases/customer-now.ts';
import { makeOffer, offerWrite } from '../../use-cases/make-offer.ts';
import { runCommand } from './run-command.ts';

export const recordPrice = implement(routes.recordPrice, (request) =>
  runCommand(request, async (loaded, now, t) => {
    const { lines, message } = request.body;
    const offer = await makeOffer(t, loaded, now, { lines });
    if (isRefusal(offer)) return offer;
    const said = message === undefined ? {} : { message };
    return {
      command: { name: 'record_price', ...offer.terms },
      customer: await customerNow(t, loaded.job),
      writes: ({ job }) => [offerWrite(t, job, offer, now, said)],
    };
  }),
);
