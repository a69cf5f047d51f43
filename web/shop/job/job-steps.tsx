import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { MachineView } from '#contract/routes/farm.ts';
import type { JobView } from '#contract/views/job.ts';
import { ActionMenu } from '../../shared/action-menu.tsx';
import { useAnyAction } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { StepDialog } from './step-dialog.tsx';
import { isPlain, labelOf, plainSteps, stepsOf, type AskingStep, type StepName } from './steps.ts';

/** Why there is no button: somebody else is on. */
const waitsFor: Partial<Record<JobView['status'], string>> = {
  draft: 'The customer is still putting this together.',
  quoted: 'Waiting for the customer’s answer.',
  in_production: 'Waiting for the machine.',
};

/** The one next step as a button, every other legal one in a menu. */
export function JobSteps({ job, machines }: { job: JobView; machines: readonly MachineView[] }) {
  const { primary, others } = stepsOf(job);
  const [asking, setAsking] = useState<AskingStep>();
  const act = useAnyAction();

  const take = (step: StepName) => {
    if (!isPlain(step)) return setAsking(step);
    act.mutate({ route: plainSteps[step][1], input: { params: { jobId: job.id }, body: {} } });
  };

  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs">
        {primary ? (
          <Button loading={act.isPending} onClick={() => take(primary)}>
            {labelOf(job, primary)}
          </Button>
        ) : (
          <Text size="sm" c="dimmed">
            {waitsFor[job.status]}
          </Text>
        )}
        {others.length > 0 && (
          <ActionMenu
            word="Change"
            actions={others.map((step) => ({ label: labelOf(job, step), act: () => take(step) }))}
          />
        )}
      </Group>
      <ProblemBox error={act.error} />
      {asking && (
        <StepDialog job={job} step={asking} machines={machines} onClose={() => setAsking(undefined)} />
      )}
    </Stack>
  );
}
