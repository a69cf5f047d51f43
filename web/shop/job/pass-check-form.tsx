import { Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { passCheck } from '#contract/routes/jobs.ts';
import { useAction } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import type { StepFormProps } from './steps.ts';

export function PassCheckForm({ job, onClose }: StepFormProps) {
  const [note, setNote] = useState('');
  const act = useAction(passCheck, onClose);
  const next = job.delivery === 'pickup' ? 'ready for pickup' : 'ready for shipping';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.run({ params: { jobId: job.id }, body: note.trim() === '' ? {} : { note } });
      }}
    >
      <Stack>
        <Text size="sm">The order becomes {next}.</Text>
        <Textarea
          label="Note"
          description="Optional"
          maxLength={500}
          rows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <ProblemBox error={act.error} />
        <FormDialogButtons word="Pass the check" pending={act.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
