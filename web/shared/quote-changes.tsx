import { Text } from '@mantine/core';
import type { OutOf } from '#contract/route.ts';
import type { compareQuotes } from '#contract/routes/quotes.ts';
import { money } from './format.ts';

type Diff = OutOf<typeof compareQuotes>;

/** What a version says differently from an earlier one. */
export function QuoteChanges({
  diff,
  currency,
  since = 'since the last version',
  open = false,
}: {
  diff: Diff;
  currency: string;
  since?: string;
  open?: boolean;
}) {
  const amount = (minor: number | null) => (minor === null ? 'none' : money(minor, currency));
  const rows = [
    ...diff.added.map(({ partId, name, totalMinor }) => [partId, `New: ${name}, ${amount(totalMinor)}`]),
    ...diff.removed.map(({ partId, name, totalMinor }) => [partId, `Gone: ${name}, ${amount(totalMinor)}`]),
    ...diff.changed.map(({ partId, before, after }) => [
      partId,
      `${before.name === after.name ? after.name : `${before.name} is now ${after.name}`}: ${before.quantity} × ${amount(before.unitMinor)} is now ${after.quantity} × ${amount(after.unitMinor)}`,
    ]),
    ...diff.adjustments.map(({ label, beforeMinor, afterMinor }) => [
      label,
      `${label}: ${amount(beforeMinor)} is now ${amount(afterMinor)}`,
    ]),
  ];
  if (rows.length === 0 && !diff.leadDays)
    return open ? <Text size="sm">Nothing changed {since}.</Text> : null;
  return (
    <details className="fold" open={open}>
      <summary>
        <Text span size="sm" c="dimmed">
          Changes {since}
          {diff.totalDeltaMinor !== null &&
            `: ${diff.totalDeltaMinor > 0 ? '+' : ''}${money(diff.totalDeltaMinor, currency)}`}
        </Text>
      </summary>
      <ul className="plain-list">
        {rows.map(([key, words]) => (
          <li key={`${key} ${words}`}>
            <Text size="sm">{words}</Text>
          </li>
        ))}
        {diff.leadDays && (
          <li>
            <Text size="sm">
              Lead time: {diff.leadDays.before} working days are now {diff.leadDays.after}
            </Text>
          </li>
        )}
      </ul>
    </details>
  );
}
