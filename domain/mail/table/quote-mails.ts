import { everywhere, open, orders, pieces, say, see, type MailRow } from '../mail-words.ts';

/** Mails about an offer. */
export const quoteMails: readonly MailRow[] = [
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
];
