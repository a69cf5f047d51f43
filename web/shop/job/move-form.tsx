import { Checkbox, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { resumeJob } from '#contract/routes/jobs.ts';
import { changeJob, previewChange } from '#contract/routes/lifecycle.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import type { StepFormProps } from './steps.ts';

type Status = JobView['status'];

const endsOf = (job: JobView, command: 'change' | 'resume') =>
  (job.steps.find((step) => step.command === command)?.to ?? []).map(({ status, label }) => ({
    value: status,
    label,
  }));

/** Off hold: back to where the job was, which stands first, or elsewhere. */
export function ResumeForm({ job, onClose }: StepFormProps) {
  const ends = endsOf(job, 'resume');
  const [to, setTo] = useState<Status>(ends[0]?.value ?? job.status);
  const [override, setOverride] = useState('');
  const act = useAction(resumeJob, onClose);
  const elsewhere = to !== ends[0]?.value;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = elsewhere ? { to, ...(override.trim() === '' ? {} : { override }) } : {};
        act.run({ params: { jobId: job.id }, body });
      }}
    >
      <Stack>
        <NativeSelect
          label="Goes on as"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value as Status)}
          data={ends}
        />
        {elsewhere && (
          <TextInput
            label="Reason, if something is still missing for it"
            value={override}
            maxLength={500}
            onChange={(event) => setOverride(event.currentTarget.value)}
            error={fieldError(act.error, 'override')}
          />
        )}
        <ProblemBox error={act.error} />
        <FormDialogButtons word="Take off hold" pending={act.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}

/** Any arrow of the template, taken by hand: says first which mails go out and what is missing. */
export function ChangeForm({ job, onClose }: StepFormProps) {
  const call = useCall();
  const ends = endsOf(job, 'change');
  const [to, setTo] = useState<Status>(ends[0]?.value ?? job.status);
  const [reason, setReason] = useState('');
  const [override, setOverride] = useState(false);
  const act = useAction(changeJob, onClose);
  const preview = useQuery({
    queryKey: [...keys.job(job.id), 'change', job.version, to, override],
    queryFn: () =>
      call(previewChange, {
        params: { jobId: job.id },
        query: { to, override: override ? 'true' : 'false' },
      }),
  });
  const { missing, mails = [] } = preview.data ?? {};
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.run({ params: { jobId: job.id }, body: { to, reason, override } });
      }}
    >
      <Stack>
        <NativeSelect
          label="New status"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value as Status)}
          data={ends}
        />
        <TextInput
          label="Reason"
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Checkbox
          label="Go on although something is missing"
          checked={override}
          onChange={(event) => setOverride(event.currentTarget.checked)}
        />
        <div aria-live="polite">
          {missing !== undefined && <Text size="sm">{missing}</Text>}
          {preview.data && missing === undefined && mails.length === 0 && (
            <Text size="sm">No mail goes out.</Text>
          )}
          {mails.map((mail) => (
            <Text size="sm" key={mail.to}>
              Mail to the {mail.to}: “{mail.subject}”
            </Text>
          ))}
        </div>
        <ProblemBox error={act.error} />
        <FormDialogButtons
          word="Change"
          pending={act.isPending}
          disabled={missing !== undefined}
          onClose={onClose}
        />
      </Stack>
    </form>
  );
}
