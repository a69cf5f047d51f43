import { Button } from '@mantine/core';
import { removeFile } from '#contract/routes/edits.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction } from './calls.tsx';
import type { FileView } from './file-view.ts';
import { ProblemBox } from './problem.tsx';

/** Takes a file off a draft, with the lines that order it. */
export function RemoveFile({ job, file }: { job: JobView; file: FileView }) {
  const remove = useAction(removeFile);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={remove.isPending}
        aria-label={`Take off ${file.name}`}
        onClick={() => remove.run({ params: { jobId: job.id, fileId: file.id } })}
      >
        Take off
      </Button>
      <ProblemBox error={remove.error} />
    </>
  );
}
