import { Button, FileButton, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { photoTypes, uploadPhotos } from './upload-photos.ts';

/** Photos straight into an item of an inspection: the phone opens its camera. */
export function ItemPhotos({
  jobId,
  label,
  wanted,
  photoIds,
  onAdd,
}: {
  jobId: string;
  label: string;
  wanted: boolean;
  photoIds: readonly string[];
  onAdd: (photoIds: string[]) => void;
}) {
  const call = useCall();
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: (file: File) => uploadPhotos(call, jobId, [file]),
    onSuccess: onAdd,
    onSettled: () => queries.invalidateQueries({ queryKey: keys.photos(jobId) }),
  });
  return (
    <Group gap={8}>
      <FileButton accept={photoTypes} capture="environment" onChange={(file) => file && add.mutate(file)}>
        {(props) => (
          <Button
            size="xs"
            variant="default"
            aria-label={`Photo of ${label}`}
            loading={add.isPending}
            {...props}
          >
            Photo
          </Button>
        )}
      </FileButton>
      {photoIds.length > 0 ? (
        <Text size="sm" role="status">
          {photoIds.length} {photoIds.length === 1 ? 'photo' : 'photos'}
        </Text>
      ) : (
        wanted && (
          <Text size="sm" c="dimmed">
            Wanted here
          </Text>
        )
      )}
      <ProblemBox error={add.error} />
    </Group>
  );
}
