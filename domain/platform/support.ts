/** What Kerf's own people did about a shop. The shop reads all of it. */
export const supportKinds = ['visit', 'suspension', 'lift', 'plan'] as const;
export type SupportKind = (typeof supportKinds)[number];

/** One act of a platform operator on a shop, with its reason. */
export interface SupportEntry {
  id: string;
  kind: SupportKind;
  at: string;
  operator: { personId: string; name: string };
  reason: string;
  /** Of a visit: when it ends by itself, and when it was ended. */
  expiresAt?: string;
  endedAt?: string;
}

/** A call that changed something during a visit. */
export interface VisitAct {
  id: string;
  visitId: string;
  at: string;
  /** Of the contract. */
  route: string;
  /** The thing that was meant, by its ids in the path. */
  target: Record<string, string>;
}

/** What the shop's people read in histories; which of Kerf's people it was stands with the visit. */
export const supportName = 'Kerf support';

export const visitMinutes = 15;

/** A visit lets its operator in until it ends or its time is over. */
export const isOpen = ({ kind, expiresAt, endedAt }: SupportEntry, now: string): boolean =>
  kind === 'visit' && endedAt === undefined && expiresAt !== undefined && expiresAt > now;
