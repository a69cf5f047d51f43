import { NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MachineView } from '#contract/routes/farm.ts';
import { startRun } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { canStart } from '#domain/machine/machine.ts';
import { bodyMeasures } from '#domain/geometry/report.ts';
import { useAction } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { missingOf, type StepFormProps } from './steps.ts';

/** Why a machine can not take the part now, in the domain's own words. */
function obstacle(job: JobView, partId: string, machine: MachineView): string | undefined {
  const part = job.parts.find(({ id }) => id === partId);
  const report = job.files.find(({ id }) => id === part?.fileId)?.report;
  if (!part || !report) return 'The part has no checked file.';
  const [x, y, z] = bodyMeasures(report).boundingBoxMm.size;
  return canStart({ ...machine, createdAt: '' }, { process: part.process, box: { x, y, z } })?.message;
}

export function StartRunForm({ job, machines, onClose }: StepFormProps) {
  const missing = missingOf(job).filter((each) => each.missing > 0);
  const [partId, setPartId] = useState(missing[0]?.part.id ?? job.parts[0]?.id ?? '');
  const rows = machines.map((machine) => ({ machine, why: obstacle(job, partId, machine) }));
  const able = rows.filter(({ why }) => why === undefined);
  const [chosen, setChosen] = useState('');
  const machineId = able.some(({ machine }) => machine.id === chosen) ? chosen : (able[0]?.machine.id ?? '');
  const most = missing.find(({ part }) => part.id === partId)?.missing ?? 1;
  const [typed, setTyped] = useState<string>();
  const quantity = typed ?? String(most);
  const act = useAction(startRun, onClose);
  const byHand = able.some(({ machine }) => machine.id === machineId && machine.agentId === undefined);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.run({ params: { jobId: job.id }, body: { partId, machineId, quantity: Number(quantity) } });
      }}
    >
      <Stack>
        <NativeSelect
          label="Part"
          value={partId}
          onChange={(event) => {
            setPartId(event.currentTarget.value);
            setTyped(undefined);
          }}
          data={job.parts.map((part) => ({
            value: part.id,
            label: `${part.name} (${missing.find((each) => each.part.id === part.id)?.missing ?? 0} missing)`,
          }))}
        />
        <NativeSelect
          label="Machine"
          value={machineId}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={
            able.length === 0
              ? [{ value: '', label: 'No machine can start now' }]
              : able.map(({ machine }) => ({
                  value: machine.id,
                  label: `${machine.name}${machine.live ? `, ${machine.live.state}` : ''}`,
                }))
          }
        />
        {rows
          .filter(({ why }) => why !== undefined)
          .map(({ machine, why }) => (
            <Text key={machine.id} size="sm" c="dimmed">
              {why}
            </Text>
          ))}
        {machines.length === 0 && <Text size="sm">There is no machine yet. Add one under Machines.</Text>}
        {byHand && (
          <Text size="sm">
            No agent speaks for this machine: its time begins now, and you log under Runs when it ends.
          </Text>
        )}
        <TextInput
          label="Pieces"
          type="number"
          required
          min={1}
          max={most}
          value={quantity}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={fieldError(act.error, 'quantity')}
        />
        <ProblemBox error={act.error} />
        <FormDialogButtons
          word={byHand ? 'Log the start' : 'Start a print'}
          pending={act.isPending}
          disabled={machineId === ''}
          onClose={onClose}
        />
      </Stack>
    </form>
  );
}
