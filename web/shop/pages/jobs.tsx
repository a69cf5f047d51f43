import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { createJob, listJobs } from '#contract/routes/jobs.ts';
import { listTemplates } from '#contract/routes/templates.ts';
import type { TemplateView } from '#contract/views/template.ts';
import type { JobSummary } from '#contract/views/job.ts';
import { statuses, type Status } from '#domain/job/job.ts';
import { useCall } from '../../shared/calls.tsx';
import { money } from '../../shared/format.ts';
import { pollEvery } from '../../shared/live.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Flags, JobStatus, PaymentMark } from '../../shared/status.tsx';
import { Ago } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { FirstSteps } from '../first-steps.tsx';
import { mayCall, useOffice } from '../office.ts';

const here = getRouteApi('/office/jobs');

export function JobsPage() {
  const { role } = useOffice();
  const { status } = here.useSearch();
  const navigate = useNavigate();
  const call = useCall();
  const list = useInfiniteQuery({
    queryKey: keys.jobs(status),
    queryFn: ({ pageParam }) => call(listJobs, { query: { status, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor,
    refetchInterval: () => pollEvery(false),
  });
  const templates = useQuery({
    queryKey: keys.templates,
    queryFn: () => call(listTemplates, {}),
    staleTime: 60_000,
  });
  const names = namesOf(templates.data?.templates ?? []);
  const jobs = list.data?.pages.flatMap((page) => page.jobs) ?? [];

  return (
    <>
      <title>Jobs · Kerf</title>
      <div className="page-head">
        <h1>Jobs</h1>
        {mayCall(role, createJob) && (
          <Button component={Link} to="/new-piece" ml="auto">
            New piece or repair
          </Button>
        )}
        <NativeSelect
          aria-label="Status"
          value={status ?? ''}
          onChange={(event) => {
            const chosen = event.currentTarget.value as Status | '';
            void navigate({ to: '/jobs', search: chosen === '' ? {} : { status: chosen } });
          }}
          data={[
            { value: '', label: 'Every status' },
            ...statuses.flatMap((value) => {
              const label = names.get(value);
              return label === undefined ? [] : [{ value, label }];
            }),
          ]}
        />
      </div>
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Waiting heights={[64, 64, 64, 64]} />}
      {list.isSuccess &&
        jobs.length === 0 &&
        (status ? <NoneInStatus name={names.get(status) ?? status} /> : <FirstSteps />)}
      {jobs.length > 0 && (
        <div className="card" style={{ padding: 0 }}>
          <div className="job-row job-row-head" aria-hidden>
            <span>Job</span>
            <span>Customer</span>
            <span>Status</span>
            <span className="amount">Quote</span>
            <span className="amount">Changed</span>
          </div>
          <ul className="plain-list" aria-label="Jobs">
            {jobs.map((job) => (
              <li key={job.id}>
                <Row job={job} />
              </li>
            ))}
          </ul>
        </div>
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

/** What the shop calls each status; where its templates differ, every name once. */
function namesOf(templates: readonly TemplateView[]): Map<Status, string> {
  const names = new Map<Status, string[]>();
  for (const { statuses: plans } of templates)
    for (const { status, label } of plans) {
      const known = names.get(status) ?? [];
      if (!known.some((name) => name.toLowerCase() === label.toLowerCase()))
        names.set(status, [...known, label]);
    }
  return new Map([...names].map(([status, labels]) => [status, labels.join(' / ')]));
}

function Row({ job }: { job: JobSummary }) {
  return (
    <Link to="/jobs/$jobId" params={{ jobId: job.id }} className="job-row">
      <span className="job-name">
        {job.thumbnail ? (
          <img src={job.thumbnail} alt="" width={44} height={44} loading="lazy" />
        ) : (
          <span className="no-picture" aria-hidden />
        )}
        <span>
          <b>{job.title}</b>
          <Text span size="sm" c="dimmed" display="block">
            {job.number}
          </Text>
        </span>
      </span>
      <span>{job.customer.name}</span>
      <span>
        <JobStatus job={job} /> <Flags job={job} /> {job.status === 'completed' && <PaymentMark job={job} />}
      </span>
      <span className="amount">{job.quote ? money(job.quote.totalMinor, job.quote.currency) : ''}</span>
      <Text span size="sm" c="dimmed" className="amount">
        <Ago at={job.updatedAt} />
      </Text>
    </Link>
  );
}

function NoneInStatus({ name }: { name: string }) {
  return (
    <div className="card">
      <Text>No job is in “{name}”.</Text>
      <Button component={Link} to="/jobs" variant="default" mt="sm">
        Show every job
      </Button>
    </div>
  );
}
