import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { continueRun, endRun, pauseRun } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { mayCall, useOffice } from '../office.ts';

type Run = JobView['runs'][number];
interface HandRunProps {
  job: JobView;
  run: Run;
}

/** What the operator of a machine without an agent can log of a run that is not over. */
export function HandRun({ job, run }: HandRunProps) {
  const { role } = useOffice();
  const [ending, setEnding] = useState(false);
  const pause = useAction(pauseRun);
  const goOn = useAction(continueRun);
  if (run.operator === undefined || run.endedAt !== undefined || !mayCall(role, endRun)) return null;
  const input = { params: { jobId: job.id }, body: { runId: run.id } };
  return (
    <Stack gap="xs" mt={6}>
      <Group gap="xs">
        {run.state === 'paused' ? (
          <Button size="xs" variant="default" loading={goOn.isPending} onClick={() => goOn.run(input)}>
            Goes on
          </Button>
        ) : (
          <Button size="xs" variant="default" loading={pause.isPending} onClick={() => pause.run(input)}>
            Pause
          </Button>
        )}
        <Button size="xs" onClick={() => setEnding(true)}>
          Log the end
        </Button>
      </Group>
      <ProblemBox error={pause.error ?? goOn.error} />
      {ending && (
        <Dialog title="Log the end of the run" onClose={() => setEnding(false)}>
          <EndRunForm job={job} run={run} onClose={() => setEnding(false)} />
        </Dialog>
      )}
    </Stack>
  );
}

const outcomes = [
  { value: 'finished', label: 'All pieces are made' },
  { value: 'failed', label: 'It failed, or some pieces are no good' },
];

/** A number that may be left out. */
const optional = (name: string, value: string) => (value.trim() === '' ? {} : { [name]: Number(value) });

function EndRunForm({ job, run, onClose }: HandRunProps & { onClose: () => void }) {
  const [outcome, setOutcome] = useState<'finished' | 'failed'>('finished');
  const [made, setMade] = useState('0');
  const [reason, setReason] = useState('');
  const [grams, setGrams] = useState('');
  const [sheets, setSheets] = useState('');
  const act = useAction(endRun, onClose);
  const inSheets = job.parts.find(({ id }) => id === run.partId)?.process === 'laser';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const failure = outcome === 'failed' ? { made: Number(made), reason } : {};
        const used = inSheets ? optional('sheets', sheets) : optional('grams', grams);
        act.run({ params: { jobId: job.id }, body: { runId: run.id, outcome, ...failure, ...used } });
      }}
    >
      <Stack>
        <NativeSelect
          label={`How did the run of ${run.quantity} end?`}
          data={outcomes}
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value === 'failed' ? 'failed' : 'finished')}
        />
        {outcome === 'failed' && (
          <>
            <TextInput
              label="Good pieces"
              type="number"
              required
              min={0}
              max={run.quantity - 1}
              value={made}
              onChange={(event) => setMade(event.currentTarget.value)}
              error={fieldError(act.error, 'made')}
            />
            <TextInput
              label="What went wrong"
              required
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={fieldError(act.error, 'reason')}
            />
          </>
        )}
        {inSheets ? (
          <TextInput
            label="Sheets used"
            description="Optional"
            type="number"
            min={0}
            step="any"
            value={sheets}
            onChange={(event) => setSheets(event.currentTarget.value)}
            error={fieldError(act.error, 'sheets')}
          />
        ) : (
          <TextInput
            label="Material used (g)"
            description="Optional"
            type="number"
            min={0}
            step="any"
            value={grams}
            onChange={(event) => setGrams(event.currentTarget.value)}
            error={fieldError(act.error, 'grams')}
          />
        )}
        <ProblemBox error={act.error} />
        <FormDialogButtons word="Log the end" pending={act.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
