import * as routes from '#contract/routes/money.ts';
import { recordPayment as decidePayment } from '#domain/payment/payment.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { newId } from '../../adapters/ids.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { arrivalEvents, targetOf } from '../../use-cases/receive-payment.ts';
import { changeAccount } from './change-account.ts';
import { noonOf } from './shop-day.ts';

export const recordPayment = implement(routes.recordPayment, (request) =>
  changeAccount(request, async ({ job }, books, now, { t, by }) => {
    const { receivedOn, invoiceId, ...wish } = request.body;
    if (job.status.startsWith('canceled'))
      return refuse('not_allowed_now', 'This job is canceled. Reopen it before you take money for it.');
    const about = books.invoices.find(({ id }) => id === invoiceId);
    if (invoiceId !== undefined && !about)
      return refuse('invalid', 'No such invoice of this job.', 'invoiceId');
    const { timeZone } = await loadShop(t);
    const payment = decidePayment(
      {
        ...wish,
        id: newId('pay'),
        target: await targetOf(t, job, books, invoiceId),
        recordedBy: by,
        receivedAt: receivedOn === undefined ? undefined : noonOf(receivedOn, now, timeZone),
      },
      now,
    );
    if (isRefusal(payment)) return payment;
    return { payment, events: (_, paid) => arrivalEvents(payment, about, paid) };
  }),
);
