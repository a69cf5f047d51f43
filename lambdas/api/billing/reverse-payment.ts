import * as routes from '#contract/routes/money.ts';
import { reversePayment as decideReversal } from '#domain/payment/refund.ts';
import { isRefusal } from '#domain/refusal.ts';
import { newId } from '../../adapters/ids.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { refundFacts } from '../../use-cases/return-payment.ts';
import { changeAccount } from './change-account.ts';

export const reversePayment = implement(routes.reversePayment, (request) =>
  changeAccount(request, (_, { payments, refunds }, now, { by }) => {
    const payment = payments.find(({ id }) => id === request.params.paymentId);
    if (!payment) throw notFound();
    const { reason } = request.body;
    const reversal = decideReversal({ id: newId('rfd'), payment, refunds, reason, askedBy: by }, now);
    if (isRefusal(reversal)) return reversal;
    return {
      refunds: [reversal],
      events: () => [{ type: 'payment.reversed', data: refundFacts(reversal) }],
    };
  }),
);
