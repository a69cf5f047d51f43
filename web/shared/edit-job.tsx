import { Button, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Call } from '#contract/client.ts';
import { editJob } from '#contract/routes/edits.ts';
import type { BodyInputOf } from '#contract/route.ts';
import { getJob } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { ApiProblem } from './api.ts';
import { useCall } from './calls.tsx';
import { Dialog } from './dialog.tsx';
import { FormDialogButtons } from './form-dialog-buttons.tsx';
import { ProblemBox } from './problem.tsx';
import { keys } from './queries.ts';
import { RequestFields, wishesOf } from './request-fields.tsx';

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

const sameWords = (a: JobView, b: JobView) =>
  a.title === b.title && a.note === b.note && a.wantedBy === b.wantedBy && a.delivery === b.delivery;
const mostTries = 4;

/** What somebody else wrote since `before` is not written over; what else happened to the job meanwhile, a new line say, is no conflict. */
async function saveWords(call: Call, before: JobView, body: BodyInputOf<typeof editJob>): Promise<JobView> {
  const params = { jobId: before.id };
  let { version } = before;
  for (let attempt = 1; ; attempt += 1)
    try {
      return await call(editJob, { params, body, ifMatch: version });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'stale' || attempt === mostTries) throw error;
      const fresh = await call(getJob, { params });
      if (!sameWords(fresh, before)) throw error;
      version = fresh.version;
    }
}

function EditJobForm({ job, onClose }: { job: JobView; onClose: () => void }) {
  const [before] = useState(job);
  const [wishes, setWishes] = useState(() => wishesOf(before));
  const { title, delivery, wantedBy, note } = wishes;
  const call = useCall();
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (body: BodyInputOf<typeof editJob>) => saveWords(call, before, body),
    onSuccess: (saved) => {
      queries.setQueryData(keys.job(saved.id), saved);
      onClose();
    },
    onSettled: () => void queries.invalidateQueries(),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({
          title: title.trim(),
          delivery,
          wantedBy: wantedBy === '' ? null : wantedBy,
          note: note.trim() === '' ? null : note.trim(),
        });
      }}
    >
      <Stack>
        <RequestFields wishes={wishes} error={save.error} onChange={setWishes} />
        <ProblemBox error={save.error} />
        <FormDialogButtons word="Save" pending={save.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
