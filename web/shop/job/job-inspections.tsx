import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  listChecklists,
  listInspections,
  recordInspection,
  type InspectionView,
} from '#contract/routes/quality.ts';
import type { JobView } from '#contract/views/job.ts';
import { useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Mark } from '../../shared/status.tsx';
import { Ago } from '../../shared/time.tsx';
import { mayCall, useOffice } from '../office.ts';
import { InspectionForm } from './inspection-form.tsx';

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
  const processes = new Set<string>(job.parts.map(({ process }) => process));
  const checklists = (lists.data?.checklists ?? []).filter(({ id }) => processes.has(id));
  const checklist = checklists.find(({ id }) => id === open);
  if (!mayLook && inspections.length === 0) return null;
  return (
    <section className="card">
      <h2>Inspections</h2>
      <ProblemBox error={list.error ?? lists.error} />
      <ul className="plain-list">
        {inspections.map((inspection) => (
          <li key={inspection.id} style={{ padding: '6px 0' }}>
            <Looked inspection={inspection} />
          </li>
        ))}
      </ul>
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

function Looked({ inspection }: { inspection: InspectionView }) {
  const { attempt, outcome, inspector, at, items, note } = inspection;
  return (
    <details className="fold">
      <summary>
        Look {attempt}{' '}
        <Mark tone={outcome === 'pass' ? 'green' : 'red'} icon={outcome === 'pass' ? 'check' : 'cross'}>
          {outcome === 'pass' ? 'Passed' : 'Failed'}
        </Mark>{' '}
        <Text span size="sm" c="dimmed">
          {inspector}, <Ago at={at} />
        </Text>
      </summary>
      <Stack gap={2}>
        {items.map((item) => (
          <Text key={item.itemId} size="sm">
            {item.label}: {item.result === 'na' ? 'not applicable' : item.result}
            {item.measurement &&
              `, ${item.measurement.measured} for ${item.measurement.nominal} ${item.measurement.tolerance.unit}`}
            {item.note && ` (${item.note})`}
          </Text>
        ))}
        {note && <Text size="sm">“{note}”</Text>}
      </Stack>
    </details>
  );
}
