import { Button, FileButton, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createPhoto,
  listPhotos,
  removePhoto,
  sharePhoto,
  type PhotoView,
} from '#contract/routes/quality.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { Photos } from '../../shared/photos.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { mayCall, useOffice } from '../office.ts';
import { photoTypes, uploadPhotos } from './upload-photos.ts';

const lookMs = 1500;

/** Photos of the finished work: for records, and for the customer when they are shared (CO-49). */
export function JobPhotos({ jobId }: { jobId: string }) {
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
    mutationFn: (files: File[]) => uploadPhotos(call, jobId, files),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.photos(jobId) }),
  });
  const photos = (list.data?.photos ?? []).filter(({ kind }) => kind === 'work');
  return (
    <section className="card">
      <Group justify="space-between">
        <h2>Photos</h2>
        {mayCall(role, createPhoto) && (
          <FileButton accept={photoTypes} multiple onChange={(files) => add.mutate(files)}>
            {(props) => (
              <Button size="xs" variant="default" loading={add.isPending} {...props}>
                Add photos
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      <ProblemBox error={add.error} />
      {list.data && photos.length === 0 && (
        <Text size="sm" c="dimmed">
          None yet: they are for your records, and for the customer when you show them.
        </Text>
      )}
      <Photos photos={photos} actions={(photo) => <PhotoActions jobId={jobId} photo={photo} />} />
    </section>
  );
}

/** What can be done to a photo of a job. */
export function PhotoActions({ jobId, photo }: { jobId: string; photo: PhotoView }) {
  const { role } = useOffice();
  const share = useAction(sharePhoto);
  const remove = useAction(removePhoto);
  const params = { jobId, photoId: photo.id };
  return (
    <Group gap={6} mt={4}>
      {photo.state === 'stored' && mayCall(role, sharePhoto) && (
        <Button
          size="compact-xs"
          variant="default"
          loading={share.isPending}
          onClick={() => share.run({ params, body: { shared: !photo.shared } })}
        >
          {photo.shared ? 'Hide from customer' : 'Show to customer'}
        </Button>
      )}
      {mayCall(role, removePhoto) && (
        <Button
          size="compact-xs"
          variant="default"
          loading={remove.isPending}
          onClick={() => remove.run({ params })}
        >
          Remove
        </Button>
      )}
      <ProblemBox error={share.error ?? remove.error} />
    </Group>
  );
}
