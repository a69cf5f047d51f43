import type { Book } from './book-draft.ts';

/** How densely prints are filled when nobody chooses, percent: as the first printer's profile has it, else by the book. */
export function usualInfill({ machines, infillPercent }: Book): number {
  const printer = machines.find(({ process }) => process === 'fdm');
  const stated = printer?.profile?.settings['infillPercent'];
  return typeof stated === 'number' ? stated : infillPercent;
}
