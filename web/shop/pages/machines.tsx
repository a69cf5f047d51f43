import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  confirmBedClear,
  createClaim,
  createMachine,
  listMachines,
  type MachineView,
} from '#contract/routes/farm.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { Icon } from '../../shared/icons.tsx';
import { pollEvery } from '../../shared/live.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { PrintProgress, temperatureWords } from '../../shared/progress.tsx';
import { keys } from '../../shared/queries.ts';
import { machineLook, Mark } from '../../shared/status.tsx';
import { Ago } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { AddMachineForm } from '../machine/add-machine-form.tsx';
import { ConnectAgent } from '../machine/connect-agent.tsx';
import { mayCall, useOffice } from '../office.ts';

const isWorking = (machines: readonly MachineView[] | undefined) =>
  machines?.some(({ currentRunId }) => currentRunId !== undefined) ?? false;

export function MachinesPage() {
  const { role } = useOffice();
  const call = useCall();
  const [open, setOpen] = useState<'add' | 'agent'>();
  const list = useQuery({
    queryKey: keys.machines,
    queryFn: () => call(listMachines, {}),
    refetchInterval: ({ state }) => pollEvery(isWorking(state.data?.machines)),
  });
  const machines = list.data?.machines ?? [];
  const mayAdd = mayCall(role, createMachine);
  const close = () => setOpen(undefined);

  return (
    <>
      <title>Machines · Kerf</title>
      <div className="page-head">
        <h1>Machines</h1>
        <Group gap="xs">
          {machines.length > 0 && mayCall(role, createClaim) && (
            <Button variant="default" onClick={() => setOpen('agent')}>
              Connect an agent
            </Button>
          )}
          {mayAdd && <Button onClick={() => setOpen('add')}>Add a machine</Button>}
        </Group>
      </div>
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Waiting heights={[220]} />}
      {list.isSuccess && machines.length === 0 && (
        <div className="card">
          <Text>
            No machine yet. Add one. For printers, connect the agent then: a small program beside them that
            starts prints and reports how they go. What runs without an agent is logged by hand.
          </Text>
        </div>
      )}
      <div className="machine-grid">
        {machines.map((machine) => (
          <MachineCard key={machine.id} machine={machine} />
        ))}
      </div>
      {open === 'add' && (
        <Dialog title="Add a machine" onClose={close}>
          <AddMachineForm onClose={close} />
        </Dialog>
      )}
      {open === 'agent' && (
        <Dialog title="Connect an agent" onClose={close}>
          <ConnectAgent machines={machines} onClose={close} />
        </Dialog>
      )}
    </>
  );
}

function MachineCard({ machine }: { machine: MachineView }) {
  const { role } = useOffice();
  const clear = useAction(confirmBedClear);
  const { live, volumeMm } = machine;
  const look = machineLook(live?.state);
  const byHand = machine.currentRunId ? 'Running, logged by hand' : 'Logged by hand';
  const word = machine.agentId ? (live ? look.label : 'Waiting for contact') : byHand;
  const layers =
    live?.layer !== undefined && live.layers !== undefined
      ? `layer ${live.layer} of ${live.layers}`
      : undefined;
  return (
    <section className="card" aria-label={machine.name}>
      <h2>{machine.name}</h2>
      <p className={`state-word tone-${look.tone}`}>
        <Icon name={look.icon} size={20} />
        {word}
      </p>
      <Stack gap={6}>
        {machine.currentRunId && machine.agentId && (
          <PrintProgress
            label={`Progress of ${machine.name}`}
            percent={live?.percent}
            etaSeconds={live?.etaSeconds}
            {...(layers === undefined ? {} : { extra: layers })}
          />
        )}
        {live?.error && <Text size="sm">{live.error}</Text>}
        {live?.temperaturesC && <Text size="sm">{temperatureWords(live.temperaturesC)}</Text>}
        <Group justify="space-between" mih={36}>
          {machine.bed === 'clear' ? (
            <Mark tone="green" icon="check">
              Bed clear
            </Mark>
          ) : machine.currentRunId ? (
            <Mark tone="teal" icon="nozzle">
              Bed in use
            </Mark>
          ) : (
            <Mark tone="amber" icon="warning">
              Bed occupied
            </Mark>
          )}
          {machine.bed === 'occupied' && !machine.currentRunId && mayCall(role, confirmBedClear) && (
            <Button
              size="xs"
              loading={clear.isPending}
              onClick={() => clear.run({ params: { machineId: machine.id } })}
            >
              Bed is clear
            </Button>
          )}
        </Group>
        <ProblemBox error={clear.error} />
        <Text size="sm" c="dimmed">
          {volumeMm.x} × {volumeMm.y} × {volumeMm.z} mm ·{' '}
          {live ? (
            <>
              seen <Ago at={live.observedAt} />
            </>
          ) : machine.agentId ? (
            'not seen yet'
          ) : (
            'no agent'
          )}
        </Text>
      </Stack>
    </section>
  );
}
