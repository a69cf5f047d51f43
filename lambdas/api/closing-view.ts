import type { ClosingView } from '#contract/views/closing.ts';
import { isOver, type Closing } from '#domain/shop/closing.ts';
import { now } from '../adapters/clock.ts';

export const closingView = (closing: Closing): ClosingView => ({
  askedAt: closing.askedAt,
  askedBy: closing.askedBy.name,
  deleteAt: closing.deleteAt,
  isBeingDeleted: isOver(closing, now()),
});
