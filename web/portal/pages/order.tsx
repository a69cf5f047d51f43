import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getJob } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { useCall } from '../../shared/calls.tsx';
import { Conversation } from '../../shared/conversation.tsx';
import { Documents } from '../../shared/documents.tsx';
import { OrderAgain } from '../../shared/order-again.tsx';
import { PrintProgress } from '../../shared/progress.tsx';
import { pollEvery } from '../../shared/live.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { isBusy, keys } from '../../shared/queries.ts';
import { JobStatus, PaymentMark } from '../../shared/status.tsx';
import { Day } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { Draft } from '../draft/draft.tsx';
import { BudgetOffer } from '../order/budget-offer.tsx';
import { Invoice } from '../order/invoice.tsx';
import { OrderPhotos } from '../order/order-photos.tsx';
import { PurchaseOrder } from '../order/purchase-order.tsx';
import { QuoteAnswer } from '../order/quote-answer.tsx';
import { QuoteVersions } from '../order/quote-versions.tsx';
import { Stages } from '../order/stages.tsx';
import { History } from '../order/history.tsx';
import { Adjustments } from '../order/adjustments.tsx';
import { PayAhead } from '../order/pay-ahead.tsx';
import { go } from '../place.ts';
import { useVisit } from '../visit.ts';

/** One order: what is asked of the customer on top, then where it stands. */
export function Order({ jobId }: { jobId: string }) {
  const call = useCall();
  const order = useQuery({
    queryKey: keys.job(jobId),
    queryFn: () => call(getJob, { params: { jobId } }),
    refetchInterval: ({ state }) => pollEvery(isBusy(state.data)),
  });
  if (order.error && !order.data)
    return (
      <>
        <h1>Order</h1>
        <ProblemBox error={order.error} onRetry={() => void order.refetch()} />
      </>
    );
  if (!order.data)
    return (
      <>
        <h1 className="sr-only">Order</h1>
        <Waiting heights={[48, 220, 220]} />
      </>
    );
  const job = order.data;
  return (
    <>
      <title>{`${job.number} ${job.title}`}</title>
      <div className="page-head">
        <div>
          <h1>{job.title}</h1>
          <Text size="sm" c="dimmed">
            {job.number}
          </Text>
        </div>
        <span style={{ display: 'flex', flexWrap: 'wrap', gap: 6 }}>
          <JobStatus job={job} />
          {job.invoiceId && <PaymentMark job={job} />}
        </span>
      </div>
      {job.status === 'draft' ? <Draft job={job} /> : <Placed job={job} />}
    </>
  );
}

function Placed({ job }: { job: JobView }) {
  const { slug, byLink } = useVisit();
  const open = job.quotes.find((quote) => quote.version === job.quote?.version && quote.state === 'sent');
  const answerable = open && job.next.includes('approve_quote');
  const estimated = job.template === 'order' && job.status === 'review' && !byLink;
  return (
    <Stack>
      {answerable && <QuoteAnswer key={open.version} job={job} quote={open} />}
      <Adjustments job={job} />
      {!job.invoiceId && job.quote && <PayAhead job={job} />}
      {estimated && <BudgetOffer job={job} />}
      {job.invoiceId && <Invoice job={job} invoiceId={job.invoiceId} />}
      {job.next.includes('provide_po') && <PurchaseOrder job={job} />}
      <div className="order-grid">
        <Stack>
          <Printing job={job} />
          <section className="card">
            <Group justify="space-between">
              <h2>{job.agreedAt ? 'What you ordered' : 'What you asked for'}</h2>
              {!byLink && <OrderAgain job={job} onOpened={(jobId) => go(`/p/${slug}/job/${jobId}`)} />}
            </Group>
            <ul className="plain-list">
              {job.parts.map((part) => (
                <li key={part.id} style={{ padding: '6px 0', overflowWrap: 'anywhere' }}>
                  {part.wanted} × {part.name}
                  {part.good > 0 && ` · ${part.good} made`}
                </li>
              ))}
            </ul>
            <Text size="sm" c="dimmed" mt="xs">
              {job.delivery === 'pickup' ? 'To be picked up' : 'To be shipped'}
              {job.shipment &&
                `, shipped${job.shipment.carrier ? ` by ${job.shipment.carrier}` : ''} ${job.shipment.tracking ?? ''}`}
              {job.wantedBy && (
                <>
                  , wanted by <Day at={job.wantedBy} />
                </>
              )}
            </Text>
            {job.note && (
              <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
                “{job.note}”
              </Text>
            )}
          </section>
          <QuoteVersions job={job} answering={answerable ? open.version : undefined} />
          <Documents jobId={job.id} />
          <OrderPhotos jobId={job.id} />
          <Conversation job={job} />
          <History jobId={job.id} />
        </Stack>
        <Stages job={job} />
      </div>
    </Stack>
  );
}

function Printing({ job }: { job: JobView }) {
  const runs = job.runs.filter((run) => run.state === 'printing' || run.state === 'unknown');
  if (runs.length === 0) return null;
  return (
    <section className="card">
      <h2>Being printed now</h2>
      {runs.map((run) => {
        const name = job.parts.find((part) => part.id === run.partId)?.name ?? 'part';
        return (
          <div key={run.id}>
            <Text>
              {run.quantity} × {name}
            </Text>
            <PrintProgress label={`Progress of ${name}`} percent={run.percent} etaSeconds={run.etaSeconds} />
          </div>
        );
      })}
    </section>
  );
}
