import { everywhere, open, orders, pay, say, see, type MailRow } from '../mail-words.ts';

/** Mails about purchase orders, payments and invoices. */
export const moneyMails: readonly MailRow[] = [
  {
    kind: 'po.due_soon',
    title: 'Payment due in two days',
    in: orders,
    copied: true,
    to: {
      customer: say(
        orders,
        'Payment for order {number} is due in 2 days',
        'Purchase order {purchase_order} is due on {due}.',
        pay,
      ),
    },
  },
  {
    kind: 'po.overdue',
    title: 'Payment overdue',
    in: orders,
    copied: true,
    to: {
      customer: say(
        orders,
        'Payment for order {number} is overdue',
        'Purchase order {purchase_order} was due on {due}.',
        pay,
      ),
      shop: say(
        orders,
        'Payment for order {number} is overdue',
        'Purchase order {purchase_order} was due on {due}.',
        open,
      ),
    },
  },
  {
    kind: 'payment.settled',
    title: 'Payment of a purchase order settled',
    in: orders,
    to: {
      customer: say(
        orders,
        'Order {number}: {status}',
        'Your payment has arrived and the order goes on.',
        see,
      ),
      shop: say(orders, 'Order {number}: {status}', 'The payment has arrived and the order goes on.', open),
    },
  },
  {
    kind: 'payment.unmatched',
    title: 'A payment in another currency',
    in: everywhere,
    to: {
      shop: say(
        everywhere,
        '{amount} arrived that order {number} does not explain',
        '{customer} paid {amount}, which is of another currency. Return it at the payment provider.',
        open,
      ),
    },
  },
  {
    kind: 'payment.surplus',
    title: 'A payment too much',
    in: everywhere,
    to: {
      shop: say(
        everywhere,
        '{amount} arrived that order {number} does not explain',
        '{customer} paid {amount} when nothing was owed any more. Refund it on the page of the job.',
        open,
      ),
    },
  },
  {
    kind: 'payment.failed',
    title: 'A payment failed',
    in: everywhere,
    to: {
      customer: say(
        everywhere,
        'The payment of {amount} for {number} did not go through',
        'Your payment of {amount} is still open; please pay it on the page below. {reason}',
        pay,
      ),
      shop: say(
        everywhere,
        'The payment of {amount} for {number} did not go through',
        'The payment of {customer} did not come and is still open.',
        open,
      ),
    },
  },
  {
    kind: 'payment.received',
    title: 'A deposit or part of a payment received',
    in: everywhere,
    to: {
      customer: say(
        everywhere,
        'We have received {amount} for order {number}',
        'Thank you, {shop} has received your payment of {amount}.',
        see,
      ),
      shop: say(everywhere, '{amount} received for {number}', '{customer} has paid {amount}.', open),
    },
  },
  {
    kind: 'refund.settled',
    title: 'Money returned',
    in: everywhere,
    to: {
      customer: say(
        everywhere,
        '{shop} has returned {amount} of order {number}',
        'The money is on its way back to you. Reason: {reason}',
        see,
      ),
    },
  },
  {
    kind: 'refund.failed',
    title: 'Money could not be returned',
    in: everywhere,
    to: {
      shop: say(
        everywhere,
        'The refund of {amount} for {number} has failed',
        'The payment provider could not return it, so the money is still yours to return.',
        open,
      ),
    },
  },
  {
    kind: 'adjustment.asked',
    title: 'The work costs more than agreed',
    in: everywhere,
    to: {
      customer: say(
        everywhere,
        'Order {number} will cost {amount} more: please answer',
        '{shop} asks for "{about}": {reason}',
        'See and answer',
      ),
    },
  },
  {
    kind: 'adjustment.declined',
    title: 'The customer declined what costs more',
    in: everywhere,
    to: {
      shop: say(
        everywhere,
        '{customer} declined what {number} costs more',
        '"{about}" for {amount} is not agreed.',
        open,
      ),
    },
  },
  {
    kind: 'invoice.issued',
    title: 'Invoice issued',
    in: everywhere,
    to: {
      customer: say(
        everywhere,
        'Invoice {invoice} for order {number}',
        'Thank you for your order. The invoice is ready.',
        'See and pay the invoice',
      ),
    },
  },
  {
    kind: 'invoice.paid',
    title: 'Invoice paid',
    in: everywhere,
    to: {
      customer: say(
        everywhere,
        'Invoice {invoice} is paid',
        'Thank you, {shop} has received your payment.',
        see,
      ),
      shop: say(everywhere, 'Invoice {invoice} is paid', '{customer} has paid.', open),
    },
  },
];
