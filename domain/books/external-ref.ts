/** Things of a shop's books that an accounting system has its own names for. */
export const bookedKinds = ['invoice', 'payment', 'refund', 'credit_note', 'customer'] as const;
export type BookedKind = (typeof bookedKinds)[number];

/** What another system calls a thing of ours, and when the two last agreed. */
export interface ExternalRef {
  kind: BookedKind;
  /** Ours: never changes. */
  id: string;
  /** Such as `xero`. */
  system: string;
  externalId: string;
  /** ISO 8601 UTC. */
  syncedAt: string;
}
