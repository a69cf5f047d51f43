import { Button, Group, Text } from '@mantine/core';
import { setFileUnit } from '#contract/routes/jobs.ts';
import type { FileView } from './file-view.ts';
import { millimetresPer, unitNames } from '#domain/geometry/units.ts';
import { useAction } from './calls.tsx';
import { number } from './format.ts';
import { ProblemBox } from './problem.tsx';

type Report = NonNullable<FileView['report']>;
type Measured = Exclude<Report, { kind: 'attachment' }>;
type Unit = Measured['unit']['name'];

const usual: readonly Unit[] = ['mm', 'inch', 'cm', 'm'];

/** Where the unit is in doubt: one click says what is meant, and the measures follow. */
export function UnitChoice({ jobId, fileId, report }: { jobId: string; fileId: string; report: Measured }) {
  const choose = useAction(setFileUnit);
  const doubted = report.problems.some(({ code }) => code === 'units_doubt');
  if (!doubted && report.unit.source !== 'chosen') return null;
  const longest = Math.max(...report.boundingBoxMm.size);
  const first = report.proposedUnit ?? report.unit.name;
  const units = [first, ...usual.filter((unit) => unit !== first)];
  return (
    <>
      <Text size="sm" mt={8}>
        {doubted ? 'In which unit is it meant?' : `Read in ${unitNames[report.unit.name]}, as you said.`}
      </Text>
      <Group gap={6} mt={4} role="group" aria-label="Unit of the file">
        {units.map((unit) => (
          <Button
            key={unit}
            size="compact-sm"
            variant={!doubted && unit === report.unit.name ? 'filled' : 'default'}
            aria-pressed={!doubted && unit === report.unit.name}
            disabled={choose.isPending}
            onClick={() => choose.run({ params: { jobId, fileId }, body: { unit } })}
          >
            {unitNames[unit]} ({number((longest * millimetresPer[unit]) / millimetresPer[report.unit.name])}{' '}
            mm)
          </Button>
        ))}
      </Group>
      <ProblemBox error={choose.error} />
    </>
  );
}
