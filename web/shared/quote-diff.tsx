import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { compareQuotes } from '#contract/routes/quotes.ts';
import type { JobView } from '#contract/views/job.ts';
import { useCall } from './calls.tsx';
import { ProblemBox } from './problem.tsx';
import { keys } from './queries.ts';
import { QuoteChanges } from './quote-changes.tsx';
import { Waiting } from './waiting.tsx';

/** What a version says differently from the one before it, asked for when somebody wants to know. */
export function QuoteDiff({ job, version, open = false }: { job: JobView; version: number; open?: boolean }) {
  const call = useCall();
  const [wanted, setWanted] = useState(open);
  const before = job.quotes.filter((quote) => quote.version < version).map((quote) => quote.version);
  const against = Math.max(...before);
  const diff = useQuery({
    queryKey: keys.quoteDiff(job.id, version),
    queryFn: () =>
      call(compareQuotes, {
        params: { jobId: job.id, version: String(version) },
        query: { against: String(against) },
      }),
    enabled: wanted && before.length > 0,
  });
  const currency = job.quotes.find((quote) => quote.version === version)?.price.currency;
  if (before.length === 0 || !currency) return null;
  if (!wanted)
    return (
      <Button size="xs" variant="default" onClick={() => setWanted(true)}>
        Compare with version {against}
      </Button>
    );
  return (
    <>
      {diff.isPending && <Waiting heights={[48]} />}
      <ProblemBox error={diff.error} onRetry={() => void diff.refetch()} />
      {diff.data && (
        <QuoteChanges diff={diff.data} currency={currency} since={`since version ${against}`} open />
      )}
    </>
  );
}
