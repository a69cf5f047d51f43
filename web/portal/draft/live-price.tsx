import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { tryPrice } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import type { PricedOrderView } from '#contract/views/price.ts';
import { useCall } from '../../shared/calls.tsx';
import { pollEvery } from '../../shared/live.ts';
import { changesOf, choicesOf, type Choices } from '../../shared/part-choices.ts';
import { PriceTable } from '../../shared/price-table.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';

/** The price of what is chosen on the page, as far as it is known. */
export interface ChosenPrice {
  /** There is something to be priced. */
  priced: boolean;
  shown: PricedOrderView | undefined;
  /** `shown` is the price of an earlier choice. */
  stale: boolean;
  error: Error | null;
}

/**
 * The price of the request by what is chosen on the page, stored or not: asked anew with every choice, and an answer to an earlier
 * choice is never given as one to a later. Until the answer is there the last price stays, and says that it is stale.
 * @param chosen what the page shows, by line; lines that are not in it are as they are stored
 * @param mayAsk the visitor may ask for prices
 */
export function useLivePrice(
  job: JobView,
  chosen: ReadonlyMap<string, Choices>,
  mayAsk: boolean,
): ChosenPrice {
  const call = useCall();
  const [last, setLast] = useState<PricedOrderView>();
  const priced = job.parts.length > 0;
  const lines = job.parts.map((part) => ({ part, choices: chosen.get(part.id) ?? choicesOf(part) }));
  const measured = job.files.map(({ id, report }) => [
    id,
    report && 'unit' in report ? report.unit.name : '',
    report?.kind === 'drawing' ? report.layers.map(({ use }) => use) : [],
  ]);
  const price = useQuery({
    // Not by the job's version: a choice that is stored costs what it cost before.
    queryKey: [...keys.price(job.id), lines.map(({ part, choices }) => [part.id, choices]), measured],
    queryFn: () =>
      call(tryPrice, {
        params: { jobId: job.id },
        body: {
          parts: lines.map(({ part, choices }) => ({ partId: part.id, ...changesOf(part, choices) })),
        },
      }),
    enabled: priced && mayAsk,
    refetchInterval: () => pollEvery(false),
  });
  if (price.data && price.data !== last) setLast(price.data);
  return { priced, shown: price.data ?? last, stale: price.data === undefined, error: price.error };
}

/** The price of what is chosen; a stale one is dimmed. */
export function LivePrice({ price: { priced, shown, stale, error } }: { price: ChosenPrice }) {
  return (
    <section className="card" aria-live="polite">
      <h2>Price</h2>
      {!priced && <Text c="dimmed">The price shows as soon as a file is checked.</Text>}
      {priced && !shown && !error && <Waiting heights={[90]} />}
      {priced && <ProblemBox error={error} />}
      {priced && shown && (
        <div className={stale ? 'stale' : undefined} aria-busy={stale}>
          <PriceTable price={shown} />
          {shown.reviewReasons.map((reason) => (
            <Text size="sm" key={`${reason.code} ${reason.partId ?? ''}`} mt={6}>
              {reason.message}
            </Text>
          ))}
        </div>
      )}
    </section>
  );
}
