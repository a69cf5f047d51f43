import type { Job, Status } from '../job/job.ts';
import { labelOf, type WorkflowTemplate } from '../job/template.ts';
import type { MailAudience } from './mails-for.ts';
import { moneyMailWords } from './money-mails.ts';

export interface MailInput {
  kind: string;
  audience: MailAudience;
  shop: { name: string };
  job: Job;
  template: WorkflowTemplate;
  facts: Record<string, string | number | boolean>;
  /** The one page that shows the job, the document and the way to pay; vendors have none and answer by mail. */
  url?: string;
}

export interface WrittenMail {
  subject: string;
  text: string;
  html: string;
}

/** A mail in plain words: what happened, the order, where it stands, one link. */
export function writeMail(input: MailInput): WrittenMail {
  const { job, template, shop, audience, url } = input;
  const { subject, lead, button } = words(input);
  const order = `${job.number}: ${job.title}`;
  const standing = audience === 'vendor' ? [] : [`Status: ${labelOf(template, job.status, audience)}`];
  const from = audience === 'shop' ? 'Kerf' : shop.name;
  return {
    subject,
    text: [
      `${lead}\n`,
      [order, ...standing].join('\n') + '\n',
      ...(url === undefined ? [] : [`${button}: ${url}\n`]),
      `${from}\n`,
    ].join('\n'),
    html: [
      `<p>${escape(lead)}</p>`,
      `<p><b>${escape(order)}</b>${standing.map((line) => `<br>${escape(line)}`).join('')}</p>`,
      ...(url === undefined ? [] : [`<p><a href="${escape(url)}">${escape(button)}</a></p>`]),
      `<p>${escape(from)}</p>`,
    ].join('\n'),
  };
}

export interface MailWords {
  subject: string;
  lead: string;
  button: string;
}

function words(input: MailInput): MailWords {
  const { kind, audience, shop, job, facts } = input;
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
        lead:
          facts['owedMinor'] === 0
            ? 'Thank you for your order. The invoice is ready, and what you have paid covers it.'
            : 'Thank you for your order. The invoice is ready.',
        button: facts['owedMinor'] === 0 ? 'See the invoice' : 'See and pay the invoice',
      };
    case 'invoice.paid':
      return {
        subject: `Invoice ${facts['number'] ?? ''} is paid`,
        lead: forCustomer ? 'Thank you, your payment has arrived.' : `${customer.name} has paid.`,
        button: open,
      };
    default: {
      const received = money(Number(facts['amountMinor'] ?? 0), String(facts['currency'] ?? 'USD'));
      return moneyMailWords(input, received, open) ?? stepWords(input, open) ?? changeWords(input, open);
    }
  }
}

/** Mails of the steps between agreement and delivery. */
function stepWords(
  { kind, audience, shop, job, template, facts }: MailInput,
  button: string,
): MailWords | undefined {
  const { number, customer } = job;
  const forCustomer = audience === 'customer';
  const say = (subject: string, lead: string, word = button): MailWords => ({ subject, lead, button: word });
  const payBy = String(facts['payBy'] ?? facts['dueAt'] ?? '').slice(0, 10);
  switch (kind) {
    case 'job.placed':
      return forCustomer
        ? say(
            `We have your order ${number}`,
            `${shop.name} has received your order.`,
            'See and pay your order',
          )
        : say(`New order ${number} from ${customer.name}`, `${customer.name} has placed an order.`);
    case 'vendor.asked':
      return say(
        vendorSubject(template, job),
        String(facts['message'] ?? `${shop.name} asks for your price. Please answer this mail.`),
      );
    case 'vendor.reminder_due':
      return audience === 'vendor'
        ? say(
            `Reminder: ${vendorSubject(template, job)}`,
            `${shop.name} still waits for your price. Please answer this mail.`,
          )
        : say(
            `${job.vendor?.name ?? 'The vendor'} has not answered about ${number}`,
            'They have been reminded.',
          );
    case 'vendor.priced':
      return say(`A vendor's price for ${number}`, `${job.vendor?.name ?? 'The vendor'} has named a price.`);
    case 'vendor.declined':
      return say(`${job.vendor?.name ?? 'The vendor'} declined ${number}`, `"${facts['reason'] ?? ''}"`);
    case 'po.due_soon':
      return say(
        `Payment for order ${number} is due in 2 days`,
        `Purchase order ${facts['number'] ?? ''} is due on ${payBy}.`,
        'See and pay your order',
      );
    case 'po.overdue':
      return say(
        `Payment for order ${number} is overdue`,
        `Purchase order ${facts['number'] ?? ''} was due on ${payBy}.`,
        forCustomer ? 'See and pay your order' : button,
      );
    case 'job.pickup_overdue':
      return say(
        `${number} has been on the shelf for two weeks`,
        `${customer.name} has not come for it yet.`,
      );
    case 'job.due_soon':
      return say(`${number} is due soon`, `It is promised for ${job.promised?.date ?? ''}.`);
    case 'job.late':
      return say(`${number} is late`, `It was promised for ${job.promised?.date ?? ''}.`);
    default:
      return undefined;
  }
}

/** Always the status that the job really came from, in the reader's words. */
function changeWords({ audience, job, template, facts }: MailInput, button: string): MailWords {
  const reader = audience === 'customer' ? 'customer' : 'shop';
  const label = (name: 'from' | 'to') => labelOf(template, (facts[name] ?? job.status) as Status, reader);
  return {
    subject: `Order ${job.number}: ${label('to')}`,
    lead:
      facts['from'] === undefined
        ? 'The order has moved on.'
        : `The order went from "${label('from')}" to "${label('to')}".`,
    button,
  };
}

/** `Quote request for Custom #000123 - Yellow gold engagement ring` (JT-46). */
const vendorSubject = (template: WorkflowTemplate, { number, title }: Job): string =>
  `Quote request for ${template.title} #${number.replace(/^\D+/, '')} - ${title}`;

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
