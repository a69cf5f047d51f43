import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listJobEvents } from '#contract/routes/jobs.ts';
import type { EventView, JobView } from '#contract/views/job.ts';
import { useCall } from '../../shared/calls.tsx';
import { eventWords } from '../../shared/event-words.ts';
import { dayKey } from '../../shared/format.ts';
import { pollEvery } from '../../shared/live.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Clock, Day } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { useOffice } from '../office.ts';

const firstShown = 25;

/** What happened, by days, the newest first; a change of status says where it led. */
export function JobTimeline({ job }: { job: JobView }) {
  const call = useCall();
  const { timeZone } = useOffice().shop;
  const [all, setAll] = useState(false);
  const list = useQuery({
    queryKey: keys.events(job.id),
    queryFn: () => call(listJobEvents, { params: { jobId: job.id } }),
    refetchInterval: () => pollEvery(false),
  });
  const events = [...(list.data?.events ?? [])].reverse();
  const shown = all ? events : events.slice(0, firstShown);
  const days = new Map<string, EventView[]>();
  for (const event of shown) {
    const day = dayKey(event.at, timeZone);
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  return (
    <section className="card" aria-label="Timeline">
      <h2>Timeline</h2>
      {list.isPending && <Waiting heights={[40, 40, 40]} />}
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {[...days].map(([day, ofDay]) => (
        <section key={day}>
          <h3 className="cycle">
            <Day at={day} />
          </h3>
          <ol className="timeline">
            {ofDay.map((event) => (
              <li key={event.id}>
                <Clock at={event.at} />
                <div>
                  <Text size="sm">{eventWords(event)}</Text>
                  <Text size="xs" c="dimmed">
                    {event.actor.name}
                    {event.transition &&
                      event.transition.from !== event.transition.to &&
                      ` · now ${labelIn(job, event.transition.to)}`}
                    {event.quiet && ' · no mail of it'}
                  </Text>
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {events.length > shown.length && (
        <Button size="xs" variant="default" mt="sm" onClick={() => setAll(true)}>
          Show all {events.length}
        </Button>
      )}
    </section>
  );
}

/** What the shop calls a status, as far as the job has been there or will be. */
const labelIn = (job: JobView, status: JobView['status']): string =>
  job.stays.find((stay) => stay.status === status)?.label ??
  job.way.find((step) => step.status === status)?.label ??
  (status === job.status ? job.statusLabel : status);
