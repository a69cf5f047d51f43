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

export const everywhere: readonly TemplateName[] = ['fabrication', 'order', 'custom', 'repair'];
export const orders: readonly TemplateName[] = ['order'];
export const pieces: readonly TemplateName[] = ['custom', 'repair'];
export const made: readonly TemplateName[] = ['fabrication', 'order'];

export const open = 'Open the job';
export const see = 'See your order';
export const pay = 'See and pay your order';

export const answer = 'See the request and answer';

export const say = (
  on: readonly TemplateName[],
  subject: string,
  opening: string,
  button: string,
): MailWords => ({
  subject,
  opening,
  button,
  on,
});

/** News of a status in plain words; who has nothing special to do finds the step itself below the words. */
export const step = (
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
