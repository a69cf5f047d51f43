import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { JobView } from '#contract/views/job.ts';
import { useAction } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { askingSteps } from './steps.ts';

const effects = {
  hold: 'Nothing moves on until the job is taken off hold. A print that is running goes on.',
  cancel: 'The job ends here. It can be reopened.',
  reopen: 'The job goes back to its beginning, with everything it holds.',
};

export function ReasonForm({
  step,
  job,
  onClose,
}: {
  step: 'hold' | 'cancel' | 'reopen';
  job: JobView;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const act = useAction(askingSteps[step][1], onClose);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.run({ params: { jobId: job.id }, body: { reason } });
      }}
    >
      <Stack>
        <Text size="sm">{effects[step]}</Text>
        <TextInput
          label="Reason"
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemBox error={act.error} />
        <FormDialogButtons word={askingSteps[step][0]} pending={act.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
