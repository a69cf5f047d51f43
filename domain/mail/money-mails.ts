import type { MailInput, MailWords } from './write-mail.ts';

/** Mails about money that came or went. `amount` is the event's own, written out; undefined for other kinds. */
export function moneyMailWords(
  { kind, audience, shop, job, facts }: MailInput,
  amount: string,
  open: string,
): MailWords | undefined {
  const { number, customer } = job;
  const forCustomer = audience === 'customer';
  const reason = String(facts['reason'] ?? '');
  const what = facts['number'] === undefined ? `order ${number}` : `invoice ${facts['number']}`;
  const say = (subject: string, lead: string, button = open): MailWords => ({ subject, lead, button });
  switch (kind) {
    case 'payment.received':
      return forCustomer
        ? say(`We have received ${amount} for ${what}`, `Thank you, your payment of ${amount} has arrived.`)
        : say(`${amount} received for ${what}`, `${customer.name} has paid ${amount}.`);
    case 'payment.unmatched':
      return say(
        `${amount} arrived that ${what} does not explain`,
        facts['state'] === 'surplus'
          ? `${customer.name} paid ${amount} when nothing was owed any more. Refund it on the job's page.`
          : `${customer.name} paid ${amount}, which is of another currency. Return it at the payment provider.`,
      );
    case 'payment.failed':
      return say(
        `The payment of ${what} did not go through`,
        [
          forCustomer
            ? `${amount} is still open; please pay it on the page below.`
            : `${amount} of ${customer.name} did not come and is still open.`,
          ...(reason === '' ? [] : [`The bank says: ${reason}`]),
        ].join(' '),
        forCustomer ? 'See and pay your order' : open,
      );
    case 'refund.settled':
      return say(
        `${shop.name} has returned ${amount} of order ${number}`,
        `The money is on its way back to you. Reason: ${reason}`,
      );
    case 'refund.failed':
      return say(
        `The refund of ${amount} for ${number} has failed`,
        `The payment provider says: ${reason} The money is still yours to return.`,
      );
    case 'adjustment.asked':
      return say(
        `Order ${number} will cost ${amount} more: please answer`,
        `${shop.name} asks for "${facts['label'] ?? ''}": ${reason}`,
        'See and answer',
      );
    case 'adjustment.declined':
      return say(
        `${customer.name} declined what ${number} costs more`,
        `"${facts['label'] ?? ''}" for ${amount} is not agreed.`,
      );
    default:
      return undefined;
  }
}
