import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PhotoView } from '#contract/routes/quality.ts';

/** Pictures side by side, each with what can be done to it. */
export function Photos({
  photos,
  actions,
}: {
  photos: readonly PhotoView[];
  actions?: (photo: PhotoView) => ReactNode;
}) {
  return (
    <Group align="flex-start">
      {photos.map((photo) => (
        <figure key={photo.id} style={{ margin: 0, width: 160 }}>
          {photo.url && photo.type === 'application/pdf' ? (
            <a href={photo.url} target="_blank" rel="noreferrer" className="text-link">
              View attachment
            </a>
          ) : photo.url ? (
            <a href={photo.url} target="_blank" rel="noreferrer">
              <img
                src={photo.url}
                alt={photo.caption ?? photo.name}
                loading="lazy"
                style={{ width: 160, height: 120, objectFit: 'cover', borderRadius: 6, display: 'block' }}
              />
            </a>
          ) : (
            <Text size="sm">
              {photo.state === 'refused' ? 'This is no picture that can be shown.' : 'Being looked at …'}
            </Text>
          )}
          <figcaption>
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {photo.caption ?? photo.name}
            </Text>
            {actions?.(photo)}
          </figcaption>
        </figure>
      ))}
    </Group>
  );
}
