import * as routes from '#contract/routes/jobs.ts';
import { commandLifeMinutes, type MachineCommand } from '#domain/machine/command.ts';
import { canStart } from '#domain/machine/machine.ts';
import { bodyMeasures } from '#domain/geometry/report.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import type { Run } from '#domain/run/run.ts';
import { newId } from '../../adapters/ids.ts';
import { loadMachine } from '../../adapters/dynamo/repositories/farm.ts';
import { createCommand, createRun, putMachine } from '../../adapters/dynamo/repositories/runs.ts';
import { implement } from '../../http/stack.ts';
import { estimateRun } from '../../use-cases/price-job.ts';
import { runCommand } from './run-command.ts';

export const startRun = implement(routes.startRun, (request) =>
  runCommand(request, async (loaded, now, t) => {
    const { partId, machineId, quantity, override } = request.body;
    const part = loaded.parts.find((each) => each.id === partId);
    const report = loaded.files.find((file) => file.id === part?.fileId)?.report;
    const machine = await loadMachine(t, machineId);
    if (!part || !report) return refuse('invalid', 'No such part in this job.', 'partId');
    if (!machine?.agentId)
      return refuse(
        machine ? 'not_ready' : 'invalid',
        machine ? `${machine.name} has no agent. Connect one under Machines first.` : 'No such machine.',
        'machineId',
      );
    const [x, y, z] = bodyMeasures(report).boundingBoxMm.size;
    const refusal = canStart(machine, { x, y, z });
    if (refusal) return refusal;
    const estimate = await estimateRun(t, loaded, part, { quantity, machineId });
    if (isRefusal(estimate)) return estimate;

    const run: Run = {
      id: newId('run'),
      jobId: loaded.job.id,
      partId,
      machineId,
      quantity,
      state: 'requested',
      requestedAt: now,
      estimatedSeconds: estimate.seconds,
      uncorrected: estimate.uncorrected,
    };
    const command: MachineCommand = {
      id: newId('cmd'),
      agentId: machine.agentId,
      machineId,
      kind: 'print',
      runId: run.id,
      jobId: run.jobId,
      fileId: part.fileId,
      quantity,
      estimatedSeconds: estimate.seconds,
      estimatedGrams: estimate.grams,
      state: 'issued',
      issuedAt: now,
      expiresAt: new Date(Date.parse(now) + commandLifeMinutes * 60_000).toISOString(),
    };
    return {
      command: {
        name: 'start',
        partId,
        quantity,
        runId: run.id,
        machineId,
        ...(override === undefined ? {} : { override }),
      },
      writes: () => [
        createRun(t, run),
        createCommand(t, command),
        putMachine(
          t,
          { ...machine, bed: 'occupied', currentRunId: run.id, version: machine.version + 1 },
          machine.version,
        ),
      ],
    };
  }),
);
