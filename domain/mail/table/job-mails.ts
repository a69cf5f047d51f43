import { everywhere, open, orders, pieces, say, see, type MailRow } from '../mail-words.ts';

/** Mails about a job on its way, messages, and mails that did not arrive. */
export const jobMails: readonly MailRow[] = [
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
