import type { Job } from '../job/job.ts';
import { fabrication } from '../job/template.ts';

export interface MailInput {
  kind: string;
  audience: 'shop' | 'customer';
  shop: { name: string };
  job: Job;
  facts: Record<string, string | number | boolean>;
  /** The one page that shows the job, the document and the way to pay. */
  url: string;
}

export interface WrittenMail {
  subject: string;
  text: string;
  html: string;
}

/** A mail in plain words: what happened, the order, where it stands, one link. */
export function writeMail(input: MailInput): WrittenMail {
  const { job, shop, audience, url } = input;
  const { subject, lead, button } = words(input);
  const order = `${job.number}: ${job.title}`;
  const standing = `Status: ${fabrication.labels[job.status][audience]}`;
  return {
    subject,
    text: `${lead}\n\n${order}\n${standing}\n\n${button}: ${url}\n\n${audience === 'customer' ? shop.name : 'Kerf'}\n`,
    html: [
      `<p>${escape(lead)}</p>`,
      `<p><b>${escape(order)}</b><br>${escape(standing)}</p>`,
      `<p><a href="${escape(url)}">${escape(button)}</a></p>`,
      `<p>${escape(audience === 'customer' ? shop.name : 'Kerf')}</p>`,
    ].join('\n'),
  };
}

function words({ kind, audience, shop, job, facts }: MailInput): {
  subject: string;
  lead: string;
  button: string;
} {
  const { number, customer, quote } = job;
  // The event's own figures: the job may have moved on since.
  const amount = Number(facts['totalMinor'] ?? quote?.totalMinor ?? 0);
  const total = quote ? money(amount, String(facts['currency'] ?? quote.currency)) : '';
  const validUntil = String(facts['validUntil'] ?? quote?.validUntil ?? '').slice(0, 10);
  const forCustomer = audience === 'customer';
  const open = forCustomer ? 'See your order' : 'Open the job';
  switch (kind) {
    case 'job.submitted':
      return forCustomer
        ? {
            subject: `We have your request ${number}`,
            lead: `${shop.name} has received your request and will send you a quote.`,
            button: open,
          }
        : {
            subject: `New request ${number} from ${customer.name}`,
            lead: `${customer.name} asks for a quote.`,
            button: open,
          };
    case 'quote.sent':
      return {
        subject: `Your quote for ${number}: ${total}`,
        lead: `${shop.name} offers version ${facts['version'] ?? ''} at ${total}, valid until ${validUntil}.`,
        button: 'Review and approve',
      };
    case 'quote.reminder_due':
      return {
        subject: `Your quote for ${number} waits for you`,
        lead: `The offer of ${total} is valid until ${validUntil}.`,
        button: 'Review and approve',
      };
    case 'quote.approved':
      return forCustomer
        ? {
            subject: `Order ${number} is confirmed`,
            lead: `Thank you. ${shop.name} has put your order in the queue.`,
            button: open,
          }
        : {
            subject: `${customer.name} approved ${number}`,
            lead: `Version ${facts['version'] ?? ''} at ${total} is approved. The job is scheduled.`,
            button: open,
          };
    case 'quote.changes_requested':
      return {
        subject: `${customer.name} asks for changes to ${number}`,
        lead: `"${facts['message'] ?? ''}"`,
        button: open,
      };
    case 'quote.declined':
      return {
        subject: `${customer.name} declined ${number}`,
        lead: `"${facts['reason'] ?? ''}"`,
        button: open,
      };
    case 'quote.expired':
      return {
        subject: `The quote for ${number} has expired`,
        lead: `${customer.name} has not answered. The job is back in quoting.`,
        button: open,
      };
    case 'check.passed':
      return {
        subject: `Order ${number} is ready`,
        lead: `Your order has passed its quality check and is ready.`,
        button: open,
      };
    case 'invoice.issued':
      return {
        subject: `Invoice ${facts['number'] ?? ''} for order ${number}`,
        lead: `Thank you for your order. The invoice is ready.`,
        button: 'See and pay the invoice',
      };
    case 'invoice.paid':
      return {
        subject: `Invoice ${facts['number'] ?? ''} is paid`,
        lead: forCustomer ? 'Thank you, your payment has arrived.' : `${customer.name} has paid.`,
        button: open,
      };
    case 'payment.unmatched': {
      const received = money(Number(facts['amountMinor'] ?? 0), String(facts['currency'] ?? 'USD'));
      const paidBefore = facts['state'] === 'surplus';
      return {
        subject: `${received} arrived that invoice ${facts['number'] ?? ''} does not explain`,
        lead: paidBefore
          ? `${customer.name} paid ${received} for an invoice that is paid already. Return it at the payment provider.`
          : `${customer.name} paid ${received}, which is not the total of the invoice. Settle the difference or return it at the payment provider.`,
        button: open,
      };
    }
    case 'payment.failed':
      return {
        subject: `The payment of invoice ${facts['number'] ?? ''} did not go through`,
        lead: forCustomer
          ? 'Your bank did not make the payment. The invoice is still open; please pay it again.'
          : `The bank of ${customer.name} did not make the payment. The invoice is still open.`,
        button: forCustomer ? 'See and pay the invoice' : open,
      };
    default:
      return { subject: `News of order ${number}`, lead: `The order has moved on.`, button: open };
  }
}

/** `12345 USD` -> `USD 123.45`; the currency's own number of decimals. */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
