import { Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { editJob } from '#contract/routes/edits.ts';
import { createPhoto, listPhotos } from '#contract/routes/quality.ts';
import type { JobView } from '#contract/views/job.ts';
import { isLive } from '#domain/job/job.ts';
import type { PhotoKind } from '#domain/photo/photo.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { Photos } from '../../shared/photos.tsx';
import { postForm } from '../../shared/post-form.ts';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { mayCall, useOffice } from '../office.ts';
import { PhotoActions } from './job-photos.tsx';

const lookMs = 1500;

/** What a bespoke piece has beside its course: what is to be made, what the customer has in mind, what the vendor has drawn. */
export function PieceCards({ job }: { job: JobView }) {
  return (
    <>
      <SpecCard job={job} />
      <UploadCard
        jobId={job.id}
        kind="inspiration"
        title="Inspiration"
        empty="Phone snaps, screenshots and sketches of what the customer has in mind."
      />
      <UploadCard
        jobId={job.id}
        kind="vendor_drawing"
        title="Vendor drawing"
        empty="The vendor’s rendering or drawing, for the customer to approve. Vendors add theirs by their link."
      />
    </>
  );
}

function SpecCard({ job }: { job: JobView }) {
  const { role } = useOffice();
  const [open, setOpen] = useState(false);
  return (
    <section className="card">
      <Group justify="space-between">
        <h2>Specification</h2>
        {isLive(job) && mayCall(role, editJob) && (
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            {job.spec ? 'Edit' : 'Write it'}
          </Button>
        )}
      </Group>
      {job.spec ? (
        <Text style={{ whiteSpace: 'pre-line' }}>{job.spec}</Text>
      ) : (
        <Text c="dimmed">Nothing yet. It is what the bench and the vendor work by.</Text>
      )}
      {open && (
        <Dialog title="Specification" onClose={() => setOpen(false)}>
          <SpecForm job={job} onClose={() => setOpen(false)} />
        </Dialog>
      )}
    </section>
  );
}

function SpecForm({ job, onClose }: { job: JobView; onClose: () => void }) {
  const [before] = useState(job);
  const [spec, setSpec] = useState(before.spec ?? '');
  const save = useAction(editJob, onClose);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.run({
          params: { jobId: before.id },
          body: { spec: spec.trim() === '' ? null : spec.trim() },
          ifMatch: before.version,
        });
      }}
    >
      <Stack>
        <Textarea
          label="What is to be made"
          description="Vendors read it, so leave the customer’s name out."
          rows={8}
          maxLength={4000}
          value={spec}
          onChange={(event) => setSpec(event.currentTarget.value)}
          error={fieldError(save.error, 'spec')}
        />
        <ProblemBox error={save.error} />
        <FormDialogButtons word="Save" pending={save.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}

interface UploadCardProps {
  jobId: string;
  kind: Exclude<PhotoKind, 'work'>;
  title: string;
  empty: string;
}

function UploadCard({ jobId, kind, title, empty }: UploadCardProps) {
  const { role } = useOffice();
  const call = useCall();
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: keys.photos(jobId),
    queryFn: () => call(listPhotos, { params: { jobId } }),
    refetchInterval: ({ state }) =>
      state.data?.photos.some((photo) => photo.state === 'awaiting_upload') ? lookMs : false,
  });
  const add = useMutation({
    mutationFn: async (files: File[]) => {
      for (const file of files) {
        const { upload } = await call(createPhoto, {
          params: { jobId },
          body: { name: file.name.slice(0, 200).toWellFormed(), bytes: file.size, kind },
        });
        await postForm(upload, file);
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keys.photos(jobId) }),
  });
  const own = (list.data?.photos ?? []).filter((photo) => photo.kind === kind);
  return (
    <section className="card">
      <Group justify="space-between">
        <h2>{title}</h2>
        {mayCall(role, createPhoto) && (
          <FileButton
            accept="image/png,image/jpeg,image/webp,image/gif,application/pdf"
            multiple
            onChange={(files) => add.mutate(files)}
          >
            {(props) => (
              <Button size="xs" variant="default" loading={add.isPending} {...props}>
                Add a picture or PDF
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      <ProblemBox error={add.error} />
      {list.isSuccess && own.length === 0 && <Text c="dimmed">{empty}</Text>}
      <Photos photos={own} actions={(photo) => <PhotoActions jobId={jobId} photo={photo} />} />
    </section>
  );
}
