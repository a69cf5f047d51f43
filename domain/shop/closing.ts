import { refuse, type Refusal } from '../refusal.ts';

/** A shop whose owner wants it gone. Until `deleteAt` they can take that back; then everything is deleted. */
export interface Closing {
  shopId: string;
  askedAt: string;
  askedBy: { personId: string; name: string };
  deleteAt: string;
  /** While it is deleted: until when whoever does it has the right to. */
  leaseUntil: string;
  /** Deleted so far, by kind. */
  removed: Record<string, number>;
  /** Since when nobody is let in. */
  shutOutAt?: string;
  /** When something of it was found and deleted last. */
  lastFoundAt?: string;
  /** Counts writes of this row. */
  revision: number;
}

export const graceDays = 14;
/**
 * Who was let in before may still add to the shop. A membership is remembered for 30 seconds; an upload form, an enrolment code and a
 * visit live 15 minutes. Nothing is deleted before all of them are over.
 */
export const minutesAfterShutOut = 16;
/** A function may write until its own end, 5 minutes at most, although what it read is gone. Only after that nothing is left for sure. */
export const minutesAfterFind = 6;

const minutesAfter = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString();

/** Whether deletion may have begun: nothing is taken back any more, nor added. */
export const isOver = ({ deleteAt }: Closing, now: string): boolean => deleteAt <= now;

/** The owner asks for the deletion and types the shop's name, so that nobody does it by mistake. */
export function closeShop(
  shop: { id: string; name: string },
  before: Closing | undefined,
  wish: { typedName: string; by: Closing['askedBy']; now: string },
): Closing | Refusal {
  if (before) return refuse('not_allowed_now', 'The shop is closed already.');
  if (wish.typedName.trim() !== shop.name)
    return refuse('invalid', 'This is not the name of the shop.', 'name');
  const deleteAt = new Date(Date.parse(wish.now) + graceDays * 86_400_000).toISOString();
  return {
    shopId: shop.id,
    askedAt: wish.now,
    askedBy: wish.by,
    deleteAt,
    leaseUntil: deleteAt,
    removed: {},
    revision: 1,
  };
}

/** Whether a closed shop may be opened again; one that is open stays so. */
export const reopenRefusal = (closing: Closing | undefined, now: string): Refusal | undefined =>
  closing && isOver(closing, now) ? refuse('expired', 'The shop is being deleted.') : undefined;

/** The right to delete until `leaseUntil`; undefined when it is not time, or somebody is at it. */
export const takeDeletion = (closing: Closing, now: string, leaseUntil: string): Closing | undefined =>
  isOver(closing, now) && closing.leaseUntil <= now
    ? { ...closing, leaseUntil, revision: closing.revision + 1 }
    : undefined;

/** Nobody is let in from now on; the deletion goes on when nobody adds anything any more. */
export const shutOut = (closing: Closing, now: string): Closing => ({
  ...closing,
  shutOutAt: now,
  leaseUntil: minutesAfter(now, minutesAfterShutOut),
  revision: closing.revision + 1,
});

/** More was deleted. */
export function countRemoved(closing: Closing, more: Readonly<Record<string, number>>, now: string): Closing {
  const removed = { ...closing.removed };
  for (const [kind, count] of Object.entries(more)) removed[kind] = (removed[kind] ?? 0) + count;
  return { ...closing, removed, lastFoundAt: now, revision: closing.revision + 1 };
}

/** From when on a look that finds nothing is the last. */
const quietFrom = ({ shutOutAt = '', lastFoundAt = '' }: Closing): string =>
  lastFoundAt > shutOutAt ? minutesAfter(lastFoundAt, minutesAfterFind) : shutOutAt;

/** A look that began at `begunAt` has found nothing. @returns undefined when all is gone, else the next look */
export function afterVainLook(closing: Closing, begunAt: string): Closing | undefined {
  const leaseUntil = quietFrom(closing);
  return leaseUntil <= begunAt ? undefined : { ...closing, leaseUntil, revision: closing.revision + 1 };
}
