import { Button } from '@mantine/core';
import { reorderJob } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction } from './calls.tsx';
import { ProblemBox } from './problem.tsx';

/** Opens a new request with the files and lines of this job; for what is made of files. */
export function OrderAgain({ job, onOpened }: { job: JobView; onOpened: (jobId: string) => void }) {
  const again = useAction(reorderJob, ({ id }) => onOpened(id));
  if (job.status === 'draft' || job.parts.length === 0) return null;
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
