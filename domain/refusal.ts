/** Why the domain said no. Closed: the contract maps each code to one HTTP answer. */
export type RefusalCode =
  | 'not_allowed_now' // the status has no such arrow; the message lists what is possible
  | 'not_yours_to_do' // the arrow exists, but for somebody else
  | 'not_ready' // a guard is not met; the message says what is missing
  | 'invalid' // a value is wrong; `field` names it
  | 'stale' // the caller saw an older version than the one in force
  | 'over_plan' // the shop's plan holds no more; the message says of what
  | 'expired'; // the offer's or code's time is over

/** An expected no. Returned, never thrown. */
export interface Refusal {
  refused: RefusalCode;
  message: string;
  field?: string;
}

export const refuse = (refused: RefusalCode, message: string, field?: string): Refusal => ({
  refused,
  message,
  ...(field === undefined ? {} : { field }),
});

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value;
