import { Skeleton, Stack } from '@mantine/core';

/** Stands where cards will stand. */
export function Waiting({ heights }: { heights: number[] }) {
  return (
    <Stack aria-busy="true" aria-label="Loading" role="status">
      {heights.map((height, index) => (
        <Skeleton key={index} height={height} radius="md" />
      ))}
    </Stack>
  );
}
