import { everywhere, made, open, orders, pay, pieces, say, see, step, type MailRow } from '../mail-words.ts';

/** Mails of a job that comes to a status. */
export const statusMails: readonly MailRow[] = [
  {
    kind: 'review',
    title: 'Request received',
    to: {
      customer: say(
        everywhere,
        'We have your request {number}',
        '{shop} has received your request and will send you a quote.',
        see,
      ),
      shop: say(
        everywhere,
        'New request {number} from {customer}',
        '{customer} asks for a quote. The request needs to be reviewed.',
        open,
      ),
    },
  },
  step('quoting', 'In quoting', [], '{shop} is preparing your quote.', []),
  {
    kind: 'quoted',
    title: 'Offer sent',
    copied: true,
    to: {
      customer: say(
        everywhere,
        'Your quote for {number}: {total}',
        '{shop} offers version {version} at {total}, valid until {valid_until}.',
        'Review and approve',
      ),
      shop: say(
        orders,
        'Offer {number} has been sent',
        '{customer} has been offered version {version} at {total}, valid until {valid_until}.',
        open,
      ),
    },
  },
  {
    kind: 'placed',
    title: 'Order placed',
    in: made,
    copied: true,
    to: {
      customer: say(everywhere, 'We have your order {number}', '{shop} has received your order.', pay),
      shop: say(
        everywhere,
        'New order {number} from {customer}',
        '{customer} has placed an order. A new order was received.',
        open,
      ),
    },
  },
  {
    kind: 'po_provided',
    title: 'Purchase order provided',
    copied: true,
    to: {
      customer: say(
        orders,
        'Order {number}: {status}',
        '{shop} has your purchase order {purchase_order}.',
        see,
      ),
      shop: say(
        orders,
        'Order {number}: {status}',
        '{customer} has provided purchase order {purchase_order}.',
        open,
      ),
    },
  },
  {
    kind: 'waiting_for_payment',
    title: 'Waiting for payment',
    to: {
      customer: say(
        orders,
        'Order {number}: {status}',
        'Your order is waiting for your payment of {total}. It is made once it has arrived.',
        pay,
      ),
      shop: say(orders, 'Order {number}: {status}', '{customer} has been asked to pay {total}.', open),
    },
  },
  step(
    'ready_to_make',
    'Free for manufacturing',
    orders,
    'Your order is ready to be made. It can not be changed any more.',
  ),
  step('in_production', 'In production', orders, 'Your order is being made.'),
  step('post_production', 'Post-production', orders, 'Your order has been made and is being finished.'),
  step('quality_check', 'Quality check', [], 'Your order is being checked.', []),
  step('rework', 'Made again', orders, 'A piece was not good enough, so it is made again.'),
  {
    kind: 'ready_for_pickup',
    title: 'Ready for pickup',
    to: {
      customer: say(everywhere, 'Order {number} is ready', 'Your order is ready to be picked up.', see),
      shop: say(
        ['order', ...pieces],
        'Order {number}: {status}',
        'The order of {customer} is ready to be picked up.',
        open,
      ),
    },
  },
  {
    kind: 'ready_for_shipping',
    title: 'Ready for shipping',
    to: {
      customer: say(made, 'Order {number} is ready', 'Your order is ready and will be shipped.', see),
      shop: say(orders, 'Order {number}: {status}', 'The order of {customer} can be shipped.', open),
    },
  },
  step('shipped', 'Shipped', made, 'Your order is on its way.'),
  step('delivered', 'Delivered', orders, 'Your order has been delivered. Thank you.'),
  {
    kind: 'payment_due',
    title: 'Payment due',
    copied: true,
    to: {
      customer: say(
        orders,
        'Order {number}: {status}',
        'The payment of {total} for purchase order {purchase_order} is due. Please review and pay the order.',
        pay,
      ),
      shop: say(
        orders,
        'Order {number}: {status}',
        'The payment of {total} for purchase order {purchase_order} is due.',
        open,
      ),
    },
  },
  step('completed', 'Completed', [], 'Your order is complete. Thank you.', []),
  {
    kind: 'on_hold',
    title: 'On hold',
    to: {
      customer: say(orders, 'Order {number}: {status}', 'Your order is on hold for the moment.', see),
      shop: say(orders, 'Order {number}: {status}', 'The order of {customer} is on hold.', open),
    },
  },
  {
    kind: 'canceled_by_customer',
    title: 'Canceled by the customer',
    to: {
      customer: say(
        everywhere,
        'Order {number}: {status}',
        'Your order has been canceled as you asked.',
        see,
      ),
      shop: say(everywhere, '{customer} canceled {number}', '{customer} has canceled the order.', open),
    },
  },
  {
    kind: 'canceled_by_shop',
    title: 'Canceled by the shop',
    to: {
      customer: say(everywhere, 'Order {number}: {status}', '{shop} has canceled your order.', see),
      shop: say(orders, 'Order {number}: {status}', 'The order of {customer} has been canceled.', open),
    },
  },
];
