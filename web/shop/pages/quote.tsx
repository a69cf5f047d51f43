import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { getJob } from '#contract/routes/jobs.ts';
import { getQuoteDraft } from '#contract/routes/quotes.ts';
import { getPriceBook } from '#contract/routes/shops.ts';
import { useCall } from '../../shared/calls.tsx';
import { pollEvery } from '../../shared/live.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { isBusy, keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { AddParts } from '../quote/add-parts.tsx';
import { QuoteEditor } from '../quote/quote-editor.tsx';

const here = getRouteApi('/office/jobs/$jobId/quote');

/** The next version of a job's quote, from its parts to the mail. */
export function QuotePage() {
  const { jobId } = here.useParams();
  const call = useCall();
  const navigate = useNavigate();
  const [reloads, setReloads] = useState(0);
  const job = useQuery({
    queryKey: keys.job(jobId),
    queryFn: () => call(getJob, { params: { jobId } }),
    refetchInterval: ({ state }) => pollEvery(isBusy(state.data)),
  });
  const book = useQuery({ queryKey: keys.priceBook, queryFn: () => call(getPriceBook, {}) });
  const lines = job.data?.parts.map(({ id }) => id).join(' ') ?? '';
  const draft = useQuery({
    queryKey: [...keys.quoteDraft(jobId), lines],
    queryFn: () => call(getQuoteDraft, { params: { jobId } }),
    enabled: lines !== '',
  });
  const view = job.data;
  const error = job.error ?? book.error ?? draft.error;
  return (
    <>
      <title>{view ? `Quote for ${view.number} · Kerf` : 'Quote · Kerf'}</title>
      <div className="page-head">
        <div>
          {view && (
            <Text size="sm">
              <Link to="/jobs/$jobId" params={{ jobId }} style={{ color: 'var(--mantine-color-anchor)' }}>
                {view.number} {view.title}
              </Link>
            </Text>
          )}
          <h1>Quote{view && ` for ${view.customer.name}`}</h1>
        </div>
      </div>
      <ProblemBox error={error} onRetry={() => void draft.refetch()} />
      {(job.isPending || book.isPending) && <Waiting heights={[160, 160]} />}
      {view && book.data && (
        <Stack>
          {view.status === 'draft' && <AddParts job={view} book={book.data} />}
          {draft.data && (
            <QuoteEditor
              key={`${lines} ${reloads}`}
              job={view}
              book={book.data}
              saved={draft.data}
              onReload={() => void draft.refetch().then(() => setReloads(reloads + 1))}
              onSent={() => void navigate({ to: '/jobs/$jobId', params: { jobId } })}
            />
          )}
        </Stack>
      )}
    </>
  );
}
