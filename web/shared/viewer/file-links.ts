import { useQuery } from '@tanstack/react-query';
import { getFileLinks } from '#contract/routes/jobs.ts';
import { unpackPreview } from '#domain/geometry/preview-mesh.ts';
import type { DrawingPreview } from '#domain/geometry/preview-drawing.ts';
import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import { useCall } from '../calls.tsx';

/** The links end after half an hour. */
const linkMs = 20 * 60_000;

export function useFileLinks(jobId: string, fileId: string, enabled: boolean) {
  const call = useCall();
  return useQuery({
    queryKey: ['file-links', jobId, fileId],
    queryFn: () => call(getFileLinks, { params: { jobId, fileId } }),
    staleTime: linkMs,
    enabled,
  });
}

export type Preview = { kind: 'mesh'; mesh: IndexedMesh } | { kind: 'drawing'; drawing: DrawingPreview };

/** What the viewer shows of a file; it is named by its content and never changes. */
export function usePreview(kind: Preview['kind'], sha256: string, link: string | undefined) {
  return useQuery({
    queryKey: ['file-preview', sha256],
    queryFn: async ({ signal }): Promise<Preview> => {
      const answer = await fetch(link ?? '', { signal });
      if (!answer.ok) throw new Error(`The store answered ${answer.status}`);
      return kind === 'mesh'
        ? { kind, mesh: unpackPreview(await answer.arrayBuffer()) }
        : { kind, drawing: (await answer.json()) as DrawingPreview };
    },
    staleTime: Infinity,
    retry: 1,
    enabled: link !== undefined,
  });
}
