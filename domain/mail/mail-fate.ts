export const mailEventTypes = ['mail.bounced', 'mail.held'] as const;

/**
 * `waiting`: the step it tells of can still be undone. `sending`: somebody has the lease. `sent`: the provider has it; then what
 * the provider says became of it. `held`: its address does not work. `dropped`: the step was undone. `given_up`: it could not be
 * handed over.
 */
export const mailStates = [
  'waiting',
  'sending',
  'sent',
  'delivered',
  'bounced',
  'complained',
  'held',
  'dropped',
  'given_up',
] as const;
export type MailState = (typeof mailStates)[number];

export const troubleKinds = ['bounced', 'complained'] as const;

/** Why mails to an address are held. */
export interface MailTrouble {
  /** Lower case. */
  email: string;
  kind: (typeof troubleKinds)[number];
  reason: string;
  since: string;
}

/** How far a mail can be along; later news never takes it back. */
const order: readonly MailState[] = ['waiting', 'sending', 'sent', 'delivered', 'bounced', 'complained'];

/** Whether news of a mail is news: reports come late, twice and in any order. */
export const isNews = (before: MailState, after: MailState): boolean =>
  after === 'given_up'
    ? before === 'sending'
    : order.includes(before) && order.indexOf(after) > order.indexOf(before);

/** Why nothing more is sent to an address, in plain words. */
export const troubleWords = ({ kind, email }: Pick<MailTrouble, 'kind' | 'email'>): string =>
  kind === 'bounced'
    ? `The mail to ${email} came back: the address does not take mails.`
    : `Who reads ${email} has marked a mail as unwanted.`;
