import { Text } from '@mantine/core';
import type { JobView } from '#contract/views/job.ts';
import type { Status } from '#domain/job/job.ts';
import { Ago, Moment } from '../../shared/time.tsx';

type Stay = JobView['stays'][number];

/** Where the order stands: past stages with the time they were completed, the present one since when, and those ahead (CX-2). */
export function Stages({ job }: { job: JobView }) {
  const latest = new Map<Status, Stay>();
  for (const stay of job.stays) latest.set(stay.status, stay);
  const now = job.way.findIndex(({ status }) => status === job.status);
  const aside = now === -1 ? latest.get(job.status) : undefined;
  const reached = (status: Status, index: number) => latest.has(status) && (now === -1 || index <= now);
  return (
    <section className="card order-side">
      <h2>Where it stands</h2>
      <ol className="stages">
        {job.way.map(({ status, label }, index) => {
          const stay = reached(status, index) ? latest.get(status) : undefined;
          const skipped = !stay && index < now;
          if (skipped || (aside && !stay)) return null;
          const place = status === job.status ? 'now' : stay ? 'past' : 'ahead';
          return (
            <li key={status} className={place} aria-current={place === 'now' ? 'step' : undefined}>
              <span>{label}</span>
              {stay && <Since stay={stay} now={place === 'now'} />}
            </li>
          );
        })}
        {aside && (
          <li className="now" aria-current="step">
            <span>{job.statusLabel}</span>
            <Since stay={aside} now />
          </li>
        )}
      </ol>
    </section>
  );
}

const Since = ({ stay: { enteredAt, leftAt }, now }: { stay: Stay; now: boolean }) => (
  <Text span size="sm" c="dimmed" fw={400} ta="right">
    {!now && leftAt ? <Moment at={leftAt} /> : <Ago at={enteredAt} />}
  </Text>
);
