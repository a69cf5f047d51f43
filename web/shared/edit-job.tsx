import { Button, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { editJob } from '#contract/routes/edits.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction } from './calls.tsx';
import { Dialog } from './dialog.tsx';
import { FormDialogButtons } from './form-dialog-buttons.tsx';
import { fieldError, ProblemBox } from './problem.tsx';

/** Opens the form for what is said about an order: title, delivery, date, note. */
export function EditJob({ job }: { job: JobView }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        Edit
      </Button>
      {open && (
        <Dialog title="Edit the request" onClose={() => setOpen(false)}>
          <EditJobForm job={job} onClose={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}

/** Names the version it was opened on: what somebody else saved meanwhile is not written over. */
function EditJobForm({ job, onClose }: { job: JobView; onClose: () => void }) {
  const [before] = useState(job);
  const [title, setTitle] = useState(before.title);
  const [delivery, setDelivery] = useState(before.delivery);
  const [wantedBy, setWantedBy] = useState(before.wantedBy ?? '');
  const [note, setNote] = useState(before.note ?? '');
  const save = useAction(editJob, onClose);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.run({
          params: { jobId: before.id },
          ifMatch: before.version,
          body: {
            title: title.trim(),
            delivery,
            wantedBy: wantedBy === '' ? null : wantedBy,
            note: note.trim() === '' ? null : note.trim(),
          },
        });
      }}
    >
      <Stack>
        <TextInput
          label="Title"
          required
          maxLength={120}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={fieldError(save.error, 'title')}
        />
        <NativeSelect
          label="Delivery"
          value={delivery}
          onChange={(event) => setDelivery(event.currentTarget.value === 'shipping' ? 'shipping' : 'pickup')}
          data={[
            { value: 'pickup', label: 'Picked up' },
            { value: 'shipping', label: 'Shipped' },
          ]}
        />
        <TextInput
          label="Wanted by"
          description="Optional"
          type="date"
          value={wantedBy}
          onChange={(event) => setWantedBy(event.currentTarget.value)}
          error={fieldError(save.error, 'wantedBy')}
        />
        <Textarea
          label="Note"
          description="Optional"
          rows={3}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={fieldError(save.error, 'note')}
        />
        <ProblemBox error={save.error} />
        <FormDialogButtons word="Save" pending={save.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
