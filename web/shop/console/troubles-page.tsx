import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  dismissTrouble,
  listStuckJobs,
  listTroubles,
  restartWorkflow,
  retryTrouble,
  type StuckJob,
  type Trouble,
} from '#contract/routes/console.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Mark } from '../../shared/status.tsx';
import { Ago, Moment } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';

/** What does not move in any shop: jobs whose workflow is overdue, and what functions could not do. */
export function TroublesPage() {
  const call = useCall();
  const stuck = useQuery({ queryKey: keys.stuckJobs, queryFn: () => call(listStuckJobs, {}) });
  const troubles = useQuery({ queryKey: keys.troubles, queryFn: () => call(listTroubles, {}) });
  const reload = () => {
    void stuck.refetch();
    void troubles.refetch();
  };
  return (
    <>
      <title>Troubles · Kerf console</title>
      <div className="page-head">
        <h1>Troubles</h1>
        <Button variant="default" loading={stuck.isFetching || troubles.isFetching} onClick={reload}>
          Look again
        </Button>
      </div>
      <Stack>
        <ProblemBox error={stuck.error ?? troubles.error} onRetry={reload} />
        <section className="card">
          <h2>Stuck jobs</h2>
          {stuck.isPending && <Waiting heights={[48]} />}
          {stuck.data?.jobs.length === 0 && <Text>Every job’s workflow is where it should be.</Text>}
          <ul className="plain-list">
            {stuck.data?.jobs.map((job) => (
              <li key={job.jobId}>
                <Stuck job={job} />
              </li>
            ))}
          </ul>
        </section>
        <section className="card">
          <h2>Failures</h2>
          {troubles.data && troubles.data.overdueEvents > 0 && (
            <div className="problem tone-amber">
              <p>
                <b>{troubles.data.overdueEvents} events</b> have not reached the bus for more than three
                minutes.
              </p>
            </div>
          )}
          {troubles.isPending && <Waiting heights={[48]} />}
          {troubles.data?.troubles.length === 0 && <Text>Nothing failed.</Text>}
          <ul className="plain-list">
            {troubles.data?.troubles.map((trouble) => (
              <li key={`${trouble.shopId} ${trouble.id}`}>
                <Failure trouble={trouble} />
              </li>
            ))}
          </ul>
        </section>
      </Stack>
    </>
  );
}

const ShopLink = ({ shopId, name }: { shopId: string; name: string }) => (
  <Link to="/console/shops/$shopId" params={{ shopId }} className="plain-link">
    {name}
  </Link>
);

function Stuck({ job }: { job: StuckJob }) {
  const restart = useAction(restartWorkflow);
  const { shopId, jobId } = job;
  return (
    <div className="trouble">
      <div>
        <Text>
          <b>{job.number}</b> {job.title} · <ShopLink shopId={shopId} name={job.shopName} />
        </Text>
        <Text size="sm" c="dimmed">
          {job.status}, overdue since <Moment at={job.overdueSince} />; replaced {job.repairs} times;{' '}
          {job.executionRuns ? 'its execution runs and does not react' : 'its execution is gone'}
        </Text>
        <ProblemBox error={restart.error} />
      </div>
      <Button
        variant="default"
        loading={restart.isPending}
        onClick={() => restart.run({ params: { shopId, jobId } })}
      >
        Start its workflow anew
      </Button>
    </div>
  );
}

function Failure({ trouble }: { trouble: Trouble }) {
  const retry = useAction(retryTrouble);
  const dismiss = useAction(dismissTrouble);
  const params = { shopId: trouble.shopId, troubleId: trouble.id };
  return (
    <div className="trouble">
      <div>
        <Text component="div">
          <b>{trouble.what}</b> · <ShopLink shopId={trouble.shopId} name={trouble.shopName} />{' '}
          <Mark tone={trouble.givenUp ? 'red' : 'amber'} icon={trouble.givenUp ? 'cross' : 'queue'}>
            {trouble.givenUp ? 'Given up' : 'Being repeated'}
          </Mark>
        </Text>
        <Text size="sm" className="wrap-anywhere">
          {trouble.error}
        </Text>
        <Text size="sm" c="dimmed" className="wrap-anywhere">
          {trouble.attempts} times, last <Ago at={trouble.lastAt} /> · {trouble.jobId}
        </Text>
        <ProblemBox error={retry.error ?? dismiss.error} />
      </div>
      <Group gap="xs">
        <Button variant="default" loading={retry.isPending} onClick={() => retry.run({ params })}>
          Try again
        </Button>
        <Button variant="subtle" loading={dismiss.isPending} onClick={() => dismiss.run({ params })}>
          Settled otherwise
        </Button>
      </Group>
    </div>
  );
}
