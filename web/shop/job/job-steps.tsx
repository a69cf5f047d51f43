import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { MachineView } from '#contract/routes/farm.ts';
import type { Route } from '#contract/route.ts';
import type { JobView } from '#contract/views/job.ts';
import { ActionMenu } from '../../shared/action-menu.tsx';
import { QuietContext, useAnyAction } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { askingStep } from './asking-steps.ts';
import { StepDialog } from './step-dialog.tsx';
import { UndoBar } from './undo-bar.tsx';
import {
  isAsking,
  isPlain,
  labelOf,
  missingFor,
  plainSteps,
  stepsOf,
  type PlainStep,
  type StepName,
} from './steps.ts';

/** Why there is no button: somebody else is on. */
const waitsFor: Partial<Record<JobView['status'], string>> = {
  draft: 'The customer is still putting this together.',
  quoted: 'Waiting for the customer’s answer.',
  in_production: 'Waiting for the machine.',
  payment_due: 'Waiting for the payment.',
};

/** The route of a step that has nothing to ask of this job. */
const unasked = (job: JobView, step: StepName): Route | undefined =>
  isAsking(step) && askingStep(step).fields(job).length === 0 ? askingStep(step).route : undefined;

/** The one next step as a button, every other legal one in a menu. */
export function JobSteps({ job, machines }: { job: JobView; machines: readonly MachineView[] }) {
  const [quietAt, setQuietAt] = useState<number>();
  // Said about one step: after it, mails go out again.
  const quiet = quietAt === job.version;
  return (
    <Stack gap="xs" align="flex-end">
      <QuietContext value={quiet}>
        <Steps job={job} machines={machines} />
      </QuietContext>
      {job.next.length > 0 && (
        <Checkbox
          size="sm"
          label="Send no mail of the next step"
          checked={quiet}
          onChange={(event) => setQuietAt(event.currentTarget.checked ? job.version : undefined)}
        />
      )}
      {job.undo && <UndoBar key={job.version} job={job} undo={job.undo} />}
    </Stack>
  );
}

function Steps({ job, machines }: { job: JobView; machines: readonly MachineView[] }) {
  const { primary, others } = stepsOf(job);
  const [asking, setAsking] = useState<Exclude<StepName, PlainStep>>();
  const act = useAnyAction();
  const missing = primary && missingFor(job, primary);

  const take = (step: StepName) => {
    const route = isPlain(step) ? plainSteps[step][1] : unasked(job, step);
    if (route) act.mutate({ route, input: { params: { jobId: job.id }, body: {} } });
    else if (!isPlain(step)) setAsking(step);
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
      {missing && (
        <Text size="sm" c="dimmed" ta="right">
          {missing}
        </Text>
      )}
      <ProblemBox error={act.error} />
      {asking && (
        <StepDialog job={job} step={asking} machines={machines} onClose={() => setAsking(undefined)} />
      )}
    </Stack>
  );
}
