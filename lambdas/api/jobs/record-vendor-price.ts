import * as routes from '#contract/routes/lifecycle.ts';
import { isRefusal } from '#domain/refusal.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { costOnDraft } from '../../use-cases/cost-on-draft.ts';
import { customerNow } from '../../use-cases/customer-now.ts';
import { makeOffer, offerWrite } from '../../use-cases/make-offer.ts';
import { runCommand } from './run-command.ts';

export const recordVendorPrice = implement(routes.recordVendorPrice, (request) =>
  runCommand(request, async (loaded, now, t) => {
    const { offer: wanted, ...price } = request.body;
    const { currency } = await loadShop(t);
    const command = { name: 'record_vendor_price', ...price, currency } as const;
    const cost = await costOnDraft(t, loaded.job, price.costMinor, now);
    if (!wanted) return { command, writes: () => cost };
    const offer = await makeOffer(t, loaded, now, { lines: wanted.lines });
    if (isRefusal(offer)) return offer;
    const said = wanted.message === undefined ? {} : { message: wanted.message };
    return {
      command: { ...command, offer: offer.terms },
      customer: await customerNow(t, loaded.job),
      writes: ({ job }) => [...cost, offerWrite(t, job, offer, now, said)],
    };
  }),
);
