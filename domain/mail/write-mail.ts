import type { Status } from '../job/job.ts';
import type { MailKind } from './mail-kinds.ts';
import type { MailWords } from './mail-words.ts';
import { labelFor, statusOf, totalOf, valuesOf, type MailSubject } from './mail-values.ts';
import { isVendors } from './vendor-mail.ts';
import { fill } from './placeholders.ts';

export interface MailInput extends MailSubject {
  kind: MailKind;
  words: Pick<MailWords, 'subject' | 'opening' | 'button'>;
  /** What is ordered, one line each. */
  lines: readonly string[];
  /** The one page that shows the job, the document and the way to pay; to a vendor their request. */
  url?: string;
}

export interface WrittenMail {
  subject: string;
  text: string;
  html: string;
}

/** A mail in plain words: what happened, the order with its details, where it stands, one link. */
export function writeMail(input: MailInput): WrittenMail {
  const { job, shop, audience, words, url } = input;
  const values = valuesOf(input);
  const opening = fill(words.opening, values).trim();
  // A purchase order is of what its PDF lists; what the job is called is the customer's business.
  const order = input.kind === 'vendor.order' ? job.number : `${job.number}: ${job.title}`;
  const details = [...standing(input), ...orderDetails(input)];
  const from = audience === 'shop' ? 'Kerf' : shop.name;
  return {
    subject: fill(words.subject, values).trim(),
    text: [
      `${opening}\n`,
      [order, ...details].join('\n') + '\n',
      ...(url === undefined ? [] : [`${words.button}: ${url}\n`]),
      `${from}\n`,
    ].join('\n'),
    html: [
      `<p>${escape(opening).replaceAll('\n', '<br>')}</p>`,
      `<p><b>${escape(order)}</b>${details.map((line) => `<br>${escape(line)}`).join('')}</p>`,
      ...(url === undefined ? [] : [`<p><a href="${escape(url)}">${escape(words.button)}</a></p>`]),
      `<p>${escape(from)}</p>`,
    ].join('\n'),
  };
}

/** The status the job really came from and the one it is in, in the reader's words. */
function standing(input: MailInput): string[] {
  const { audience, facts } = input;
  if (isVendors(audience)) return [];
  const now = labelFor(input, statusOf(input));
  const from = facts['from'] as Status | undefined;
  if (from === undefined) return [`Status: ${now}`];
  const before = labelFor(input, from);
  const course =
    before === now ? `The order stays in "${now}".` : `The order went from "${before}" to "${now}".`;
  return [course, `Status: ${now}`];
}

/** What is ordered, for how much and for when, as far as it is the reader's business. */
function orderDetails(input: MailInput): string[] {
  const { audience, job, facts, lines } = input;
  const { po, promised, wantedBy, shipment } = job;
  // Lines carry the names of the customer's files; vendors read what the shop has written for them, behind the link.
  if (isVendors(audience)) return [];
  const total = totalOf(input);
  const reason = audience === 'shop' ? facts['reason'] : undefined;
  return [
    ...lines,
    ...(total === '' ? [] : [`Total: ${total}`]),
    ...(promised ? [`Promised for: ${promised.date}`] : wantedBy ? [`Wanted by: ${wantedBy}`] : []),
    ...(po ? [`Purchase order: ${po.number}, payment due on ${po.dueAt.slice(0, 10)}`] : []),
    ...(shipment
      ? [`Shipment: ${[shipment.carrier, shipment.tracking].filter(Boolean).join(' ') || 'on its way'}`]
      : []),
    `Delivery: ${job.delivery === 'pickup' ? 'to be picked up' : 'to be shipped'}`,
    ...(reason === undefined ? [] : [`Reason: ${String(reason)}`]),
  ];
}

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
