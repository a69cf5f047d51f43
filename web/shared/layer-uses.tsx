import { NativeSelect, Text } from '@mantine/core';
import { setLayerUses } from '#contract/routes/jobs.ts';
import { useAction } from './calls.tsx';
import type { FileView } from './file-view.ts';
import { number } from './format.ts';
import { ProblemBox } from './problem.tsx';

type Drawing = Extract<NonNullable<FileView['report']>, { kind: 'drawing' }>;
type Use = Drawing['layers'][number]['use'];

const uses: readonly { value: Use; label: string }[] = [
  { value: 'cut', label: 'Cut' },
  { value: 'engrave', label: 'Engrave' },
  { value: 'ignore', label: 'Leave out' },
];

/** What is done with each layer of a drawing; its measures follow. */
export function LayerUses({ jobId, fileId, report }: { jobId: string; fileId: string; report: Drawing }) {
  const choose = useAction(setLayerUses);
  return (
    <>
      <Text size="sm" mt={8}>
        What is done with its layers?
      </Text>
      <div className="row-fields" role="group" aria-label="Layers of the drawing">
        {report.layers.map(({ name, color, use, lengthMm }, at) => (
          <NativeSelect
            key={at}
            label={`${name || 'Lines'}${color ? ` (${color})` : ''}, ${number(lengthMm / 1000, 2)} m`}
            value={use}
            data={uses}
            disabled={choose.isPending}
            onChange={(event) => {
              const chosen = event.currentTarget.value as Use;
              choose.run({
                params: { jobId, fileId },
                body: { uses: report.layers.map((layer, index) => (index === at ? chosen : layer.use)) },
              });
            }}
          />
        ))}
      </div>
      <ProblemBox error={choose.error} />
    </>
  );
}
