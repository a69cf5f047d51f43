import { Button, Checkbox, Stack, Text } from '@mantine/core';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Checkbox.css';
import { useState } from 'react';
import { createClaim, type MachineView } from '#contract/routes/farm.ts';
import type { OutOf } from '#contract/route.ts';
import { useAction } from '../../shared/calls.tsx';
import { CopyField } from '../../shared/copy-field.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { Ago } from '../../shared/time.tsx';

const commandFor = (code: string): string =>
  `node agent/main.ts run --data kerf-agent --driver simulated --api ${location.origin} --code ${code}`;

/** A one-time code for the agent, and the command that uses it. */
export function ConnectAgent({
  machines,
  onClose,
}: {
  machines: readonly MachineView[];
  onClose: () => void;
}) {
  const free = machines.filter(({ agentId }) => agentId === undefined);
  const [chosen, setChosen] = useState<string[]>(() =>
    (free.length > 0 ? free : machines).map(({ id }) => id),
  );
  const [claim, setClaim] = useState<OutOf<typeof createClaim>>();
  const make = useAction(createClaim, setClaim);

  if (claim)
    return (
      <Stack>
        <Text>
          Run this on the computer beside the printers, in Kerf’s folder. The printers are simulated:
        </Text>
        <CopyField label="Command" value={commandFor(claim.code)} />
        <CopyField label="Claim code" value={claim.code} />
        <Text size="sm" c="dimmed">
          The code works once and is over <Ago at={claim.expiresAt} />. The agent calls out only; nothing has
          to be opened in your network.
        </Text>
        <Button onClick={onClose}>Done</Button>
      </Stack>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.run({ body: { machineIds: chosen } });
      }}
    >
      <Stack>
        <Text size="sm">Which printers will this agent look after?</Text>
        {machines.map(({ id, name, agentId }) => (
          <Checkbox
            key={id}
            label={agentId ? `${name} (moves here from its present agent)` : name}
            checked={chosen.includes(id)}
            onChange={(event) =>
              setChosen(event.currentTarget.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
            }
          />
        ))}
        <ProblemBox error={make.error} />
        <FormDialogButtons
          word="Make a claim code"
          pending={make.isPending}
          disabled={chosen.length === 0}
          onClose={onClose}
        />
      </Stack>
    </form>
  );
}
