import { Text } from '@mantine/core';
import type { MachineView } from '#contract/routes/farm.ts';
import type { JobView } from '#contract/views/job.ts';
import { duration, number } from '../../shared/format.ts';
import { PrintProgress, temperatureWords } from '../../shared/progress.tsx';
import { RunStatus } from '../../shared/status.tsx';
import { Ago } from '../../shared/time.tsx';
import { HandRun } from './hand-run.tsx';

/** Every go of a machine at this job, the newest first. */
export function JobRuns({ job, machines }: { job: JobView; machines: readonly MachineView[] }) {
  const newestFirst = [...job.runs].sort((a, b) => b.requestedAt.localeCompare(a.requestedAt));
  return (
    <section className="card">
      <h2>Runs</h2>
      <ul className="plain-list">
        {newestFirst.map((run) => {
          const machine = machines.find(({ id }) => id === run.machineId);
          const temperatures = machine?.currentRunId === run.id ? machine.live?.temperaturesC : undefined;
          const part = job.parts.find(({ id }) => id === run.partId);
          return (
            <li key={run.id} style={{ padding: '10px 0' }}>
              <Text>
                {run.quantity} × {part?.name ?? 'part'} on {machine?.name ?? 'a machine'}{' '}
                <RunStatus state={run.state} />
              </Text>
              {!run.endedAt && run.operator === undefined && (
                <PrintProgress
                  label={`Progress on ${machine?.name ?? 'the machine'}`}
                  percent={run.percent}
                  etaSeconds={run.etaSeconds}
                />
              )}
              {temperatures && <Text size="sm">{temperatureWords(temperatures)}</Text>}
              <Text size="sm" c="dimmed">
                {run.operator === undefined ? 'Asked for' : `Begun by ${run.operator}`}{' '}
                <Ago at={run.operator === undefined ? run.requestedAt : (run.startedAt ?? run.requestedAt)} />
                {run.estimatedSeconds > 0 && `, estimated ${duration(run.estimatedSeconds)}`}
                {run.actualSeconds !== undefined && `, took ${duration(run.actualSeconds)}`}
                {run.actualGrams !== undefined && ` and ${number(run.actualGrams)} g`}
                {run.actualSheets !== undefined && ` and ${number(run.actualSheets)} sheets`}
              </Text>
              {run.reason && <Text size="sm">{run.reason}</Text>}
              <HandRun job={job} run={run} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
