import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  listChecklists,
  listInspections,
  listPhotos,
  recordInspection,
  type InspectionView,
  type PhotoView,
} from '#contract/routes/quality.ts';
import type { JobView } from '#contract/views/job.ts';
import { checklistsFor } from '#domain/inspection/checklist.ts';
import { useCall } from '../../shared/calls.tsx';
import { Photos } from '../../shared/photos.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Mark } from '../../shared/status.tsx';
import { Ago } from '../../shared/time.tsx';
import { mayCall, useOffice } from '../office.ts';
import { InspectionForm } from './inspection-form.tsx';

const resultWords = { pass: 'passed', fail: 'failed', na: 'not applicable' } as const;

/** What was looked at, and the form for the next look while the job is being checked (CO-45). */
export function JobInspections({ job }: { job: JobView }) {
  const { role } = useOffice();
  const call = useCall();
  const [open, setOpen] = useState<string>();
  const list = useQuery({
    queryKey: keys.inspections(job.id),
    queryFn: () => call(listInspections, { params: { jobId: job.id } }),
  });
  const mayLook = job.status === 'quality_check' && mayCall(role, recordInspection);
  const lists = useQuery({
    queryKey: keys.checklists,
    queryFn: () => call(listChecklists, {}),
    enabled: mayLook,
  });
  const inspections = list.data?.inspections ?? [];
  const checklists = checklistsFor(lists.data?.checklists ?? [], {
    template: job.template,
    processes: job.parts.map(({ process }) => process),
  });
  const photos = useQuery({
    queryKey: keys.photos(job.id),
    queryFn: () => call(listPhotos, { params: { jobId: job.id } }),
    enabled: inspections.some(({ items }) => items.some(({ photoIds }) => photoIds)),
  });
  const cycles = [...new Set(inspections.map(({ reworkCycle }) => reworkCycle))];
  const checklist = checklists.find(({ id }) => id === open);
  if (!mayLook && inspections.length === 0) return null;
  return (
    <section className="card">
      <h2>Inspections</h2>
      <ProblemBox error={list.error ?? lists.error} />
      {cycles.map((cycle) => (
        <section key={cycle} aria-label={cycleWords(cycle)}>
          {cycles.length > 1 && <h3 className="cycle">{cycleWords(cycle)}</h3>}
          <ul className="plain-list">
            {inspections
              .filter(({ reworkCycle }) => reworkCycle === cycle)
              .map((inspection) => (
                <li key={inspection.id} style={{ padding: '6px 0' }}>
                  <Looked inspection={inspection} photos={photos.data?.photos ?? []} />
                </li>
              ))}
          </ul>
        </section>
      ))}
      {mayLook && inspections.length === 0 && !checklist && (
        <Text size="sm" c="dimmed">
          {checklists.length > 0
            ? 'Nobody has looked at it yet.'
            : 'There is no checklist for this job. The owner adds items in the settings.'}
        </Text>
      )}
      {mayLook && !checklist && (
        <Group mt="sm">
          {checklists.map(({ id, name }) => (
            <Button key={id} variant="default" onClick={() => setOpen(id)}>
              Inspect: {name}
            </Button>
          ))}
        </Group>
      )}
      {mayLook && checklist && (
        <InspectionForm
          key={`${checklist.id} ${checklist.version}`}
          jobId={job.id}
          checklist={checklist}
          onDone={() => setOpen(undefined)}
        />
      )}
    </section>
  );
}

const cycleWords = (cycle: number): string => (cycle === 0 ? 'First pass' : `After rework ${cycle}`);

function Looked({ inspection, photos }: { inspection: InspectionView; photos: readonly PhotoView[] }) {
  const { attempt, outcome, inspector, at, items, note } = inspection;
  return (
    <details className="fold">
      <summary>
        Inspection {attempt}{' '}
        <Mark tone={outcome === 'pass' ? 'green' : 'red'} icon={outcome === 'pass' ? 'check' : 'cross'}>
          {outcome === 'pass' ? 'Passed' : 'Failed'}
        </Mark>{' '}
        <Text span size="sm" c="dimmed">
          {inspector}, <Ago at={at} />
        </Text>
      </summary>
      <Stack gap={2}>
        {items.map((item) => (
          <div key={item.itemId}>
            <Text size="sm">
              {item.label}: {resultWords[item.result]}
              {item.measurement &&
                `, ${item.measurement.measured} for ${item.measurement.nominal} ${item.measurement.tolerance.unit}`}
              {item.note && ` (${item.note})`}
            </Text>
            {item.photoIds && <Photos photos={photos.filter(({ id }) => item.photoIds?.includes(id))} />}
          </div>
        ))}
        {note && <Text size="sm">“{note}”</Text>}
      </Stack>
    </details>
  );
}
