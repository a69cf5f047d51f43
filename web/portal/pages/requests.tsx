import { Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { listJobs } from '#contract/routes/jobs.ts';
import { useCall } from '../../shared/calls.tsx';
import { money } from '../../shared/format.ts';
import { pollEvery } from '../../shared/live.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { JobStatus, PaymentMark } from '../../shared/status.tsx';
import { Ago } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { GoLink } from '../go-link.tsx';
import { go } from '../place.ts';
import { useVisit } from '../visit.ts';

export function Requests() {
  const { slug } = useVisit();
  const call = useCall();
  const list = useInfiniteQuery({
    queryKey: keys.jobs(undefined),
    queryFn: ({ pageParam }) => call(listJobs, { query: { cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor,
    refetchInterval: () => pollEvery(false),
  });
  const jobs = list.data?.pages.flatMap((page) => page.jobs) ?? [];
  return (
    <>
      <div className="page-head">
        <h1>Your requests</h1>
        <Button onClick={() => go(`/p/${slug}/new`)}>New request</Button>
      </div>
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Waiting heights={[72, 72]} />}
      {list.isSuccess && jobs.length === 0 && (
        <div className="card">
          <Text>Nothing here yet. Start a request: drop your files and see at once what they cost.</Text>
        </div>
      )}
      {jobs.length > 0 && (
        <ul className="plain-list card" style={{ padding: 0 }}>
          {jobs.map((job) => (
            <li key={job.id}>
              <GoLink to={`/p/${slug}/job/${job.id}`} className="request-row">
                <span>
                  <b>{job.title}</b>
                  <Text span size="sm" c="dimmed" display="block">
                    {job.number} · changed <Ago at={job.updatedAt} />
                  </Text>
                </span>
                <Group gap="xs">
                  {job.quote && <span>{money(job.quote.totalMinor, job.quote.currency)}</span>}
                  <JobStatus job={job} />
                  {job.status === 'completed' && <PaymentMark job={job} />}
                </Group>
              </GoLink>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Group justify="center" mt="md">
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show older ones
          </Button>
        </Group>
      )}
    </>
  );
}
