import { Button, Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { changePromise, changeSalesperson } from '#contract/routes/edits.ts';
import { listMembers } from '#contract/routes/shops.ts';
import type { JobView } from '#contract/views/job.ts';
import { isLive } from '#domain/job/job.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { mayCall, useOffice } from '../office.ts';

/** Beside the promised day: promise another one, with a reason. */
export function ChangePromise({ job }: { job: JobView }) {
  const { role } = useOffice();
  const [open, setOpen] = useState(false);
  if (!isLive(job) || !mayCall(role, changePromise)) return null;
  return (
    <>
      <Button size="compact-xs" variant="subtle" onClick={() => setOpen(true)}>
        Change
      </Button>
      {open && (
        <Dialog title="Promise another day" onClose={() => setOpen(false)}>
          <PromiseForm job={job} onClose={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}

function PromiseForm({ job, onClose }: { job: JobView; onClose: () => void }) {
  const [date, setDate] = useState(job.promisedDate ?? '');
  const [reason, setReason] = useState('');
  const [quiet, setQuiet] = useState(false);
  const change = useAction(changePromise, onClose);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.run({
          params: { jobId: job.id },
          body: { date, reason: reason.trim(), notify: !quiet },
        });
      }}
    >
      <Stack>
        <TextInput
          label="Promised for"
          type="date"
          required
          value={date}
          onChange={(event) => setDate(event.currentTarget.value)}
          error={fieldError(change.error, 'date')}
        />
        <TextInput
          label="Reason"
          description={quiet ? 'For the log' : 'The customer reads it in their mail.'}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={fieldError(change.error, 'reason')}
        />
        <Checkbox
          label="Don’t notify the customer"
          checked={quiet}
          onChange={(event) => setQuiet(event.currentTarget.checked)}
        />
        <ProblemBox error={change.error} />
        <FormDialogButtons word="Promise" pending={change.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}

/** Beside the salesperson: put the job into another member's hands. */
export function ChangeSalesperson({ job }: { job: JobView }) {
  const { role } = useOffice();
  const [open, setOpen] = useState(false);
  if (!isLive(job) || !mayCall(role, changeSalesperson)) return null;
  return (
    <>
      <Button size="compact-xs" variant="subtle" onClick={() => setOpen(true)}>
        Change
      </Button>
      {open && (
        <Dialog title="Another salesperson" onClose={() => setOpen(false)}>
          <SalespersonForm job={job} onClose={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}

function SalespersonForm({ job, onClose }: { job: JobView; onClose: () => void }) {
  const call = useCall();
  const members = useQuery({ queryKey: keys.members, queryFn: () => call(listMembers, {}) });
  const others = (members.data?.members ?? []).filter(
    ({ personId }) => personId !== job.salesperson?.personId,
  );
  const [chosen, setChosen] = useState('');
  const [reason, setReason] = useState('');
  const change = useAction(changeSalesperson, onClose);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.run({
          params: { jobId: job.id },
          body: { salespersonId: chosen, reason: reason.trim() },
        });
      }}
    >
      <Stack>
        <NativeSelect
          label="Who sees it through"
          description={
            members.isSuccess && others.length === 0 ? 'Nobody else works for the shop yet.' : undefined
          }
          required
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          error={fieldError(change.error, 'salespersonId')}
          data={[
            { value: '', label: 'Choose somebody' },
            ...others.map(({ personId, name }) => ({ value: personId, label: name })),
          ]}
        />
        <TextInput
          label="Reason"
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={fieldError(change.error, 'reason')}
        />
        <ProblemBox error={members.error ?? change.error} />
        <FormDialogButtons
          word="Hand over the job"
          pending={change.isPending}
          disabled={chosen === ''}
          onClose={onClose}
        />
      </Stack>
    </form>
  );
}
