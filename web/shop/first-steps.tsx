import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { listMachines } from '#contract/routes/farm.ts';
import { useCall } from '../shared/calls.tsx';
import { CopyField } from '../shared/copy-field.tsx';
import { keys } from '../shared/queries.ts';
import { Mark } from '../shared/status.tsx';
import { portalUrl, useOffice } from './office.ts';

/** What an empty shop does first. Each step ticks itself. */
export function FirstSteps() {
  const { shop } = useOffice();
  const call = useCall();
  const machines = useQuery({ queryKey: keys.machines, queryFn: () => call(listMachines, {}) });
  return (
    <div className="card">
      <Title order={2} size="h3" mb="xs">
        No jobs yet
      </Title>
      <Text mb="md">
        Jobs come in through your portal. Give customers this link; open it yourself to see what they see.
      </Text>
      <Stack gap="lg">
        <Group align="flex-end" gap="xs">
          <div style={{ flex: 1, minWidth: 220 }}>
            <CopyField label="Portal link" value={portalUrl(shop)} />
          </div>
          <Button component="a" href={portalUrl(shop)} target="_blank" rel="noreferrer" variant="default">
            Open the portal
          </Button>
        </Group>
        <Step
          done={(machines.data?.machines.length ?? 0) > 0}
          what="Add a machine, so that jobs can be made on it."
          doneWords="A machine is there."
        >
          <Button component={Link} to="/machines" variant="default">
            Add a machine
          </Button>
        </Step>
        <Step
          done={shop.paymentsReady}
          what="Connect payments, so that customers can pay online."
          doneWords="Payments are connected."
        >
          <Button component={Link} to="/settings" variant="default">
            Connect payments
          </Button>
        </Step>
      </Stack>
    </div>
  );
}

interface StepProps {
  done: boolean;
  what: string;
  doneWords: string;
  children: ReactNode;
}
const Step = ({ done, what, doneWords, children }: StepProps) => (
  <Group justify="space-between" gap="sm">
    <Text>{done ? doneWords : what}</Text>
    {done ? (
      <Mark tone="green" icon="check">
        Done
      </Mark>
    ) : (
      children
    )}
  </Group>
);
