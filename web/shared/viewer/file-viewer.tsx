import { Anchor, Button, Group, Text } from '@mantine/core';
import type { FileView } from '../file-view.ts';
import { Waiting } from '../waiting.tsx';
import { DrawingViewer } from './drawing-viewer.tsx';
import { usePreview } from './file-links.ts';
import { MeshViewer } from './mesh-viewer.tsx';
import { StillPicture } from './still-picture.tsx';
import { hasWebgl } from './webgl.ts';

type Measured = Exclude<NonNullable<FileView['report']>, { kind: 'attachment' }>;

/** A checked file to look at: turned in 3D or as lines; its picture while that loads and where it can not be. */
export function FileViewer({
  file: { name, sha256, report, previewScale = 1 },
  links,
  chosen,
  onChoose,
  onClose,
}: {
  file: { name: string; sha256: string; report: Measured; previewScale?: number | undefined };
  links: { original: string; preview?: string | undefined; thumbnail?: string | undefined } | undefined;
  chosen: number | undefined;
  onChoose: (problem: number | undefined) => void;
  onClose: () => void;
}) {
  const preview = usePreview(report.kind, sha256, links?.preview);
  const problems = report.problems;
  return (
    <section className="viewer-frame" aria-label={`View of ${name}`}>
      {preview.data === undefined || (preview.data.kind === 'mesh' && !hasWebgl()) ? (
        <>
          <StillPicture src={links?.thumbnail} name={name} />
          <Text size="sm" c="dimmed">
            {preview.error
              ? 'The preview could not be loaded.'
              : preview.data
                ? 'This browser shows no 3D; here is a picture of the part.'
                : 'Loading the part…'}
          </Text>
        </>
      ) : preview.data.kind === 'mesh' ? (
        <MeshViewer
          name={name}
          mesh={preview.data.mesh}
          scale={previewScale}
          size={report.boundingBoxMm.size}
          problems={problems}
          chosen={chosen}
          onChoose={onChoose}
          thumbnail={links?.thumbnail}
        />
      ) : (
        <DrawingViewer
          name={name}
          drawing={preview.data.drawing}
          scale={previewScale}
          layers={report.kind === 'drawing' ? report.layers : []}
          size={report.boundingBoxMm.size}
          problems={problems}
          chosen={chosen}
          onChoose={onChoose}
        />
      )}
      {!links && <Waiting heights={[20]} />}
      <Group gap={12} mt={8}>
        {links && (
          <Anchor size="sm" href={links.original} download={name}>
            Download the file
          </Anchor>
        )}
        <Button size="compact-sm" variant="default" onClick={onClose}>
          Close the view
        </Button>
      </Group>
    </section>
  );
}
