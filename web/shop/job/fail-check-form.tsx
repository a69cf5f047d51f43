import { NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { failCheck } from '#contract/routes/jobs.ts';
import { reportFault } from '#contract/routes/lifecycle.ts';
import { useAction } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import type { StepFormProps } from './steps.ts';

const ways = {
  fail_check: { route: failCheck, word: 'Fail the check' },
  fault: { route: reportFault, word: 'Report the fault' },
};

export const FailCheckForm = (props: StepFormProps) => <ScrapForm {...props} way="fail_check" />;
export const FaultForm = (props: StepFormProps) => <ScrapForm {...props} way="fault" />;

/** Pieces that are no good, found at the check or before. */
function ScrapForm({ job, onClose, way }: StepFormProps & { way: keyof typeof ways }) {
  const [partId, setPartId] = useState(job.parts[0]?.id ?? '');
  const [count, setCount] = useState('1');
  const [reason, setReason] = useState('');
  const { route, word } = ways[way];
  const act = useAction(route, onClose);
  const good = job.parts.find((part) => part.id === partId)?.good ?? 1;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.run({ params: { jobId: job.id }, body: { partId, count: Number(count), reason } });
      }}
    >
      <Stack>
        <Text size="sm">The pieces are scrapped and the job goes back to production to make them again.</Text>
        <NativeSelect
          label="Part"
          value={partId}
          onChange={(event) => setPartId(event.currentTarget.value)}
          data={job.parts.map((part) => ({ value: part.id, label: part.name }))}
        />
        <TextInput
          label="Pieces that failed"
          type="number"
          required
          min={1}
          max={good}
          value={count}
          onChange={(event) => setCount(event.currentTarget.value)}
          error={fieldError(act.error, 'count')}
        />
        <TextInput
          label="Reason"
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemBox error={act.error} />
        <FormDialogButtons word={word} pending={act.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
