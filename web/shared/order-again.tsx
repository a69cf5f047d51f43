import { Button } from '@mantine/core';
import { reorderJob } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { isLive } from '#domain/job/job.ts';
import { useAction } from './calls.tsx';
import { ProblemBox } from './problem.tsx';

/** Opens a new request with the files and lines of this job; offered where something was agreed, or came to nothing. */
export function OrderAgain({ job, onOpened }: { job: JobView; onOpened: (jobId: string) => void }) {
  const again = useAction(reorderJob, ({ id }) => onOpened(id));
  if (job.parts.length === 0 || (!job.agreedAt && isLive(job))) return null;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={again.isPending}
        onClick={() => again.run({ params: { jobId: job.id } })}
      >
        Order again
      </Button>
      <ProblemBox error={again.error} />
    </>
  );
}
