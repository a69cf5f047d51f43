import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listJobEvents } from '#contract/routes/jobs.ts';
import type { EventView } from '#contract/views/job.ts';
import { useCall } from '../../shared/calls.tsx';
import { eventWords } from '../../shared/event-words.ts';
import { pollEvery } from '../../shared/live.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Ago } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';

/** What concerns the customer; how the shop makes it is the shop's own. */
const told: readonly EventView['type'][] = [
  'job.submitted',
  'quote.sent',
  'quote.withdrawn',
  'quote.approved',
  'quote.changes_requested',
  'quote.declined',
  'quote.expired',
  'job.finished',
  'job.handed_over',
  'job.delivered',
  'job.canceled',
  'job.reopened',
  'invoice.issued',
  'invoice.paid',
  'payment.received',
  'refund.asked',
  'refund.settled',
  'adjustment.asked',
  'adjustment.agreed',
  'adjustment.declined',
  'payment.pending',
  'payment.failed',
];

export function History({ jobId }: { jobId: string }) {
  const call = useCall();
  const list = useQuery({
    queryKey: keys.events(jobId),
    queryFn: () => call(listJobEvents, { params: { jobId } }),
    refetchInterval: () => pollEvery(false),
  });
  const events = (list.data?.events ?? []).filter(({ type }) => told.includes(type)).reverse();
  return (
    <section className="card">
      <h2>History</h2>
      {list.isPending && <Waiting heights={[32, 32]} />}
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      <ol className="plain-list">
        {events.map((event) => (
          <li key={event.id} style={{ padding: '8px 0' }}>
            <Text size="sm">{eventWords(event)}</Text>
            <Text size="xs" c="dimmed">
              {event.actor.kind === 'staff' || event.actor.kind === 'customer'
                ? `${event.actor.name} · `
                : ''}
              <Ago at={event.at} />
            </Text>
          </li>
        ))}
      </ol>
    </section>
  );
}
