import type { TemplateName } from '../job/job.ts';
import type { MailAudience, MailKind } from './mail-kinds.ts';

/** A mail's own words, with {placeholders}. Order, standing and link are the same in every mail. */
export interface MailWords {
  subject: string;
  opening: string;
  /** What the link says. */
  button: string;
  /** Job types in which it goes out unless the shop says otherwise. */
  on: readonly TemplateName[];
}

export interface MailRow {
  kind: MailKind;
  /** What the shop's settings call it. */
  title: string;
  /** Job types in which it can happen; those that use the status without. */
  in?: readonly TemplateName[];
  /** The billing contact gets a copy of the customer's mail. */
  copied?: true;
  to: Partial<Record<MailAudience, MailWords>>;
}

const everywhere: readonly TemplateName[] = ['fabrication', 'order', 'custom', 'repair'];
const orders: readonly TemplateName[] = ['order'];
const pieces: readonly TemplateName[] = ['custom', 'repair'];
const made: readonly TemplateName[] = ['fabrication', 'order'];

const open = 'Open the job';
const see = 'See your order';
const pay = 'See and pay your order';

const answer = 'See the request and answer';

const say = (on: readonly TemplateName[], subject: string, opening: string, button: string): MailWords => ({
  subject,
  opening,
  button,
  on,
});

/** To the vendor of a job, and to one whose place another has taken. */
const noLongerNeeded = say(
  pieces,
  'No longer needed: {job_type} #{plain_number} - {title}',
  '{shop} does not need this from you any more. Please stop work on it. Thank you.',
  '',
);

/** News of a status in plain words; who has nothing special to do finds the step itself below the words. */
const step = (
  kind: MailKind,
  title: string,
  customer: readonly TemplateName[],
  opening: string,
  shop: readonly TemplateName[] = orders,
): MailRow => ({
  kind,
  title,
  to: {
    customer: say(customer, 'Order {number}: {status}', opening, see),
    shop: say(shop, 'Order {number}: {status}', 'The order of {customer} has moved on.', open),
  },
});

/**
 * Who gets a mail about what, and its words: the one table of all mails, DF-53 to DF-71, CO-22, CO-54, CO-58, JT-46 and JT-47.
 * Every status of an order is told to both sides; the other job types tell customers what they wait for and the shop what it has
 * to act on.
 */
export const mailTable: readonly MailRow[] = [
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
  {
    kind: 'quote.reminder_due',
    title: 'Reminder of an open offer',
    in: everywhere,
    to: {
      customer: say(
        everywhere,
        'Your quote for {number} waits for you',
        'The offer of {total} is valid until {valid_until}.',
        'Review and approve',
      ),
    },
  },
  {
    kind: 'quote.approved',
    title: 'Offer approved',
    in: ['fabrication', ...pieces],
    copied: true,
    to: {
      customer: say(
        everywhere,
        'Order {number} is confirmed',
        'Thank you. {shop} has put your order in the queue.',
        see,
      ),
      shop: say(
        everywhere,
        '{customer} approved {number}',
        'Version {version} at {total} is approved.',
        open,
      ),
    },
  },
  {
    kind: 'quote.changes_requested',
    title: 'Changes requested',
    in: everywhere,
    to: {
      customer: say(
        orders,
        'We have your wishes for {number}',
        '{shop} has received what you would like to change and will send you another offer.',
        see,
      ),
      shop: say(everywhere, '{customer} asks for changes to {number}', '"{message}"', open),
    },
  },
  {
    kind: 'quote.declined',
    title: 'Offer declined',
    in: everywhere,
    to: {
      customer: say(
        orders,
        'You have declined {number}',
        '{shop} has noted that you do not want the offer.',
        see,
      ),
      shop: say(everywhere, '{customer} declined {number}', '"{reason}"', open),
    },
  },
  {
    kind: 'quote.expired',
    title: 'Offer expired',
    in: everywhere,
    to: {
      customer: say(
        orders,
        'The quote for {number} has expired',
        'The time to approve it is over. {shop} can send you a new one.',
        see,
      ),
      shop: say(
        everywhere,
        'The quote for {number} has expired',
        '{customer} has not answered. The job is back in quoting.',
        open,
      ),
    },
  },
  {
    kind: 'quote.withdrawn',
    title: 'Offer taken back',
    in: everywhere,
    to: {
      customer: say(
        everywhere,
        'The quote for {number} is being revised',
        '{shop} has taken version {version} back and will send you another offer.',
        see,
      ),
      shop: say(orders, 'The quote for {number} was taken back', 'Version {version} no longer holds.', open),
    },
  },
  {
    kind: 'vendor.asked',
    title: 'Question to a vendor',
    in: pieces,
    to: {
      vendor: say(
        pieces,
        'Quote request for {job_type} #{plain_number} - {title}',
        '{shop} asks for your price and the day it can be ready. {message}',
        answer,
      ),
    },
  },
  {
    kind: 'vendor.reminder_due',
    title: 'Reminder to a vendor',
    in: pieces,
    to: {
      vendor: say(
        pieces,
        'Reminder: Quote request for {job_type} #{plain_number} - {title}',
        '{shop} still waits for your price.',
        answer,
      ),
      shop: say(pieces, '{vendor} has not answered about {number}', 'They have been reminded.', open),
    },
  },
  {
    kind: 'vendor.recalled',
    title: 'Question to a vendor taken back',
    in: pieces,
    to: {
      vendor: noLongerNeeded,
      former_vendor: noLongerNeeded,
    },
  },
  {
    kind: 'vendor.go_ahead',
    title: 'Go ahead to a vendor',
    in: pieces,
    to: {
      vendor: say(
        pieces,
        'Go ahead: {job_type} #{plain_number} - {title}',
        '{shop} asks you to begin.',
        'See the specification',
      ),
    },
  },
  {
    kind: 'vendor.order',
    title: 'Purchase order to a vendor',
    in: everywhere,
    to: {
      vendor: say(
        everywhere,
        'Purchase order {invoice} from {shop}',
        '{shop} orders from you. The purchase order is behind this link, as a PDF.',
        'Open the purchase order',
      ),
    },
  },
  {
    kind: 'vendor.drawing_added',
    title: 'A vendor’s drawing',
    in: pieces,
    to: { shop: say(pieces, 'A drawing for {number} from {vendor}', 'It waits on the job.', open) },
  },
  {
    kind: 'job.promised_anew',
    title: 'Another promised date',
    in: everywhere,
    to: {
      customer: say(
        everywhere,
        'Order {number} is promised for {promised}',
        '{shop} has changed the date: "{reason}"',
        see,
      ),
    },
  },
  {
    kind: 'vendor.priced',
    title: 'A vendor’s price',
    in: pieces,
    to: { shop: say(pieces, "A vendor's price for {number}", '{vendor} has named a price: {amount}.', open) },
  },
  {
    kind: 'vendor.declined',
    title: 'A vendor declined',
    in: pieces,
    to: { shop: say(pieces, '{vendor} declined {number}', '"{reason}"', open) },
  },
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
  {
    kind: 'job.resumed',
    title: 'Off hold',
    in: everywhere,
    to: {
      customer: say(orders, 'Order {number}: {status}', 'Your order goes on.', see),
      shop: say(orders, 'Order {number}: {status}', 'The order of {customer} goes on.', open),
    },
  },
  {
    kind: 'job.reopened',
    title: 'Reopened',
    in: everywhere,
    to: {
      customer: say(orders, 'Order {number} is open again', '{shop} looks at your order again.', see),
      shop: say(orders, 'Order {number} is open again', 'The order of {customer} has been reopened.', open),
    },
  },
  {
    kind: 'job.pickup_overdue',
    title: 'Two weeks on the shelf',
    in: pieces,
    to: {
      shop: say(
        everywhere,
        '{number} has been on the shelf for two weeks',
        '{customer} has not come for it yet.',
        open,
      ),
    },
  },
  {
    kind: 'job.due_soon',
    title: 'Promised date is near',
    in: everywhere,
    to: { shop: say(everywhere, '{number} is due soon', 'It is promised for {promised}.', open) },
  },
  {
    kind: 'job.late',
    title: 'Promised date is over',
    in: everywhere,
    to: { shop: say(everywhere, '{number} is late', 'It was promised for {promised}.', open) },
  },
  {
    kind: 'message.written',
    title: 'New message',
    in: everywhere,
    to: {
      customer: say(
        everywhere,
        'A message about order {number}',
        '{shop} writes: "{message}"',
        'Read and answer',
      ),
      shop: say(
        everywhere,
        '{author} wrote about {number}',
        '{author} writes: "{message}"',
        'Read and answer',
      ),
    },
  },
  {
    kind: 'mail.bounced',
    title: 'A mail came back',
    in: everywhere,
    to: {
      shop: say(everywhere, 'Mail about {number} did not reach {address}', '"{about}": {reason}', open),
    },
  },
  {
    kind: 'mail.held',
    title: 'A mail was held',
    in: everywhere,
    to: {
      shop: say(
        everywhere,
        'Mail about {number} to {address} was held',
        '"{about}" was not sent. {reason}',
        open,
      ),
    },
  },
];
