import { Button, Group, Text } from '@mantine/core';
import { repairFile } from '#contract/routes/edits.ts';
import { formatCount, formatCounted } from '#domain/geometry/words.ts';
import { useAction } from './calls.tsx';
import type { FileView } from './file-view.ts';
import { number } from './format.ts';
import { ProblemBox } from './problem.tsx';

type Repair = NonNullable<FileView['repair']>;
type MeshReport = Repair['report'];

/** What a repair would do to a file, before and after side by side, and the button that takes the copy. */
export function FileRepair({ jobId, file, repair }: { jobId: string; file: FileView; repair: Repair }) {
  const take = useAction(repairFile);
  const before = file.report;
  if (before?.kind !== 'mesh') return null;
  return (
    <section className="file-repair" aria-label={`Repair of ${file.name}`}>
      <Text size="sm" fw={600}>
        {offerOf(repair)}
      </Text>
      <table className="plain">
        <thead>
          <tr>
            <td />
            <th scope="col">Now</th>
            <th scope="col">Repaired</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, valueOf]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{valueOf(before)}</td>
              <td>{valueOf(repair.report)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Group gap={8} mt={8}>
        <Button
          size="xs"
          loading={take.isPending}
          onClick={() => take.run({ params: { jobId, fileId: file.id }, body: { replaceInParts: true } })}
        >
          Order the repaired copy
        </Button>
        <Text size="sm" c="dimmed">
          The copy is added beside your file, which stays as it is.
        </Text>
      </Group>
      <ProblemBox error={take.error} />
    </section>
  );
}

const rows: readonly [string, (report: MeshReport) => string][] = [
  ['Closed all round', ({ watertight }) => (watertight ? 'yes' : 'no')],
  ['Open edges', ({ openEdges }) => formatCount(openEdges)],
  ['Edges with faces turned against each other', ({ inconsistentEdges }) => formatCount(inconsistentEdges)],
  ['Faces that are there twice', ({ duplicateFaces }) => formatCount(duplicateFaces)],
  ['Volume', ({ volumeMm3 }) => `${number(volumeMm3 / 1000, 2)} cm³`],
];

/** We can close 25 holes and turn 3 faces the right way. */
function offerOf({ steps, report }: Repair): string {
  const does = [
    steps.closedHoles > 0 && `close ${formatCounted(steps.closedHoles, 'hole')}`,
    steps.joinedPoints > 0 && `join ${formatCounted(steps.joinedPoints, 'point')} of torn edges`,
    steps.removedFaces > 0 && `leave out ${formatCounted(steps.removedFaces, 'face')} without use`,
    steps.turnedFaces > 0 && `turn ${formatCounted(steps.turnedFaces, 'face')} the right way`,
  ].filter((each) => each !== false);
  const list = new Intl.ListFormat('en').format(does);
  const rest =
    report.verdict === 'needs_repair' ? ' The rest has to be mended where the part was drawn.' : '';
  return `We can ${list}.${rest}`;
}
