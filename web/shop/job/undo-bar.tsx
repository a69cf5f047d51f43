import { Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { undoStep } from '#contract/routes/lifecycle.ts';
import type { JobView } from '#contract/views/job.ts';
import { undoSeconds } from '#domain/job/undo.ts';
import { useAction } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';

/** For a moment after a step: what it did, and the way back. Its mails wait as long. */
export function UndoBar({ job, undo }: { job: JobView; undo: NonNullable<JobView['undo']> }) {
  const [left, setLeft] = useState(undoSeconds);
  const back = useAction(undoStep);
  const over = left <= 0;
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, [over]);
  if (over) return null;
  return (
    <div className="undo-bar">
      <Group gap="xs" justify="flex-end">
        <Text size="sm" role="status">
          Now “{job.statusLabel}”. Mails wait.
        </Text>
        <Button
          size="xs"
          variant="default"
          loading={back.isPending}
          aria-label={`Undo: back to ${undo.to.label}`}
          onClick={() => back.run({ params: { jobId: job.id }, body: {} })}
        >
          Undo ({left} s)
        </Button>
      </Group>
      <ProblemBox error={back.error} />
    </div>
  );
}
