import type { PricedLine, PricedOrder } from '../price/price-order.ts';

/** What of a line a version may change, before and after. */
export interface LineChange {
  partId: string;
  name: string;
  before: LineFigures;
  after: LineFigures;
}

export interface LineFigures {
  name: string;
  quantity: number;
  unitMinor: number | null;
  totalMinor: number | null;
}

export interface QuoteDiff {
  added: (LineFigures & { partId: string })[];
  removed: (LineFigures & { partId: string })[];
  changed: LineChange[];
  /** Startup, minimum, discounts, shipping, tax: what a label came to before and comes to now; null where it was not there. */
  adjustments: { label: string; beforeMinor: number | null; afterMinor: number | null }[];
  leadDays?: { before: number; after: number };
  /** After less before; null while one of them has no total. */
  totalDeltaMinor: number | null;
}

/** What a newer price says differently from an older one. Lines are the same when their part is. */
export function diffPrices(before: PricedOrder, after: PricedOrder): QuoteDiff {
  const old = new Map(before.lines.map((line) => [line.partId, line]));
  const now = new Set(after.lines.map(({ partId }) => partId));
  return {
    added: after.lines.filter(({ partId }) => !old.has(partId)).map(withId),
    removed: before.lines.filter(({ partId }) => !now.has(partId)).map(withId),
    changed: after.lines.flatMap((line) => {
      const earlier = old.get(line.partId);
      if (!earlier || same(figures(earlier), figures(line))) return [];
      return [{ partId: line.partId, name: line.name, before: figures(earlier), after: figures(line) }];
    }),
    adjustments: changedAdjustments(before, after),
    ...(before.leadDays === after.leadDays
      ? {}
      : { leadDays: { before: before.leadDays, after: after.leadDays } }),
    totalDeltaMinor:
      before.totalMinor === null || after.totalMinor === null ? null : after.totalMinor - before.totalMinor,
  };
}

export const isEmptyDiff = (diff: QuoteDiff): boolean =>
  diff.added.length + diff.removed.length + diff.changed.length + diff.adjustments.length === 0 &&
  diff.leadDays === undefined &&
  diff.totalDeltaMinor === 0;

const figures = ({ name, quantity, unitMinor, totalMinor }: PricedLine): LineFigures => ({
  name,
  quantity,
  unitMinor,
  totalMinor,
});
const withId = (line: PricedLine) => ({ partId: line.partId, ...figures(line) });

const same = (a: LineFigures, b: LineFigures): boolean =>
  a.name === b.name &&
  a.quantity === b.quantity &&
  a.unitMinor === b.unitMinor &&
  a.totalMinor === b.totalMinor;

function changedAdjustments(before: PricedOrder, after: PricedOrder): QuoteDiff['adjustments'] {
  const sums = ({ adjustments }: PricedOrder) => {
    const byLabel = new Map<string, number>();
    for (const { label, amountMinor } of adjustments)
      byLabel.set(label, (byLabel.get(label) ?? 0) + amountMinor);
    return byLabel;
  };
  const [old, now] = [sums(before), sums(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((label) => {
    const [beforeMinor, afterMinor] = [old.get(label) ?? null, now.get(label) ?? null];
    return beforeMinor === afterMinor ? [] : [{ label, beforeMinor, afterMinor }];
  });
}
