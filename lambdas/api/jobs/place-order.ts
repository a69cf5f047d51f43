import * as routes from '#contract/routes/lifecycle.ts';
import { orderOptions } from '#domain/price/order-options.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { implement } from '../../http/stack.ts';
import { customerNow } from '../../use-cases/customer-now.ts';
import { makeOffer, offerWrite } from '../../use-cases/make-offer.ts';
import { runCommand } from './run-command.ts';

export const placeOrder = implement(routes.placeOrder, (request) =>
  runCommand(request, async (loaded, now, t) => {
    const { totalMinor: seen, name, onBehalf } = request.body;
    const offer = await makeOffer(t, loaded, now);
    if (isRefusal(offer)) return offer;
    if (offer.terms.totalMinor !== seen)
      return refuse('stale', 'The price has changed meanwhile. Look at it again.', 'totalMinor');
    const reviewReasons = orderOptions(offer.price).why;
    const spoken = onBehalf === undefined ? {} : { onBehalf };
    return {
      command: { name: 'place', ...offer.terms, reviewReasons, ...spoken },
      customer: await customerNow(t, loaded.job),
      writes: ({ job }) => [
        offerWrite(t, job, offer, now, {
          answeredAt: now,
          answeredBy: name,
          ...(onBehalf === undefined ? {} : { answer: onBehalf }),
        }),
      ],
    };
  }),
);
