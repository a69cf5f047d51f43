import * as routes from '#contract/routes/jobs.ts';
import { commandLifeMinutes, type MachineCommand } from '#domain/machine/command.ts';
import { canStart, type Machine } from '#domain/machine/machine.ts';
import { bodyMeasures } from '#domain/geometry/report.ts';
import type { Part } from '#domain/job/job.ts';
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts';
import { beginByHand } from '#domain/run/run-by-hand.ts';
import type { Run } from '#domain/run/run.ts';
import { newId } from '../../adapters/ids.ts';
import { loadMachine } from '../../adapters/dynamo/repositories/farm.ts';
import { createCommand, createRun, putMachine } from '../../adapters/dynamo/repositories/runs.ts';
import type { ShopCaller } from '../../http/caller.ts';
import { implement } from '../../http/stack.ts';
import { estimateRun, type RunEstimate } from '../../use-cases/price-job.ts';
import { instantOf } from './log-run.ts';
import { runCommand } from './run-command.ts';

export const startRun = implement(routes.startRun, (request) =>
  runCommand(request, async (loaded, now, t, caller) => {
    const { partId, machineId, quantity, override, at } = request.body;
    const part = loaded.parts.find((each) => each.id === partId);
    const report = loaded.files.find((file) => file.id === part?.fileId)?.report;
    const machine = await loadMachine(t, machineId);
    if (!part || !report) return refuse('invalid', 'No such part in this job.', 'partId');
    if (!machine) return refuse('invalid', 'No such machine.', 'machineId');
    const [x, y, z] = bodyMeasures(report).boundingBoxMm.size;
    const refusal = canStart(machine, { process: part.process, box: { x, y, z } });
    if (refusal) return refusal;
    const estimate = await estimateRun(t, loaded, part, { quantity, machine });
    if (isRefusal(estimate)) return estimate;

    const requested: Run = {
      id: newId('run'),
      jobId: loaded.job.id,
      partId,
      machineId,
      quantity,
      state: 'requested',
      requestedAt: now,
      estimatedSeconds: estimate.seconds,
      ...(estimate.uncorrected ? { uncorrected: estimate.uncorrected } : {}),
    };
    const run = machine.agentId
      ? byAgent(requested, at)
      : byOperator(requested, caller, instantOf(at, now), now, loaded.job.createdAt);
    if (isRefusal(run)) return run;
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
        ...(machine.agentId ? [createCommand(t, printOrder(run, machine.agentId, part, estimate))] : []),
        putMachine(t, occupied(machine, run.id), machine.version),
      ],
    };
  }),
);

const byAgent = (run: Run, at: string | undefined): Run | Refusal =>
  at === undefined ? run : refuse('invalid', 'The agent of this machine tells when it starts.', 'at');

const byOperator = (run: Run, caller: ShopCaller, at: string, now: string, opened: string): Run | Refusal =>
  caller.kind === 'staff'
    ? beginByHand({ ...run, operator: { personId: caller.personId, name: caller.name } }, at, now, opened)
    : refuse('not_yours_to_do', 'Only a member of the shop starts a machine.');

const occupied = (machine: Machine, runId: string): Machine => ({
  ...machine,
  bed: 'occupied',
  currentRunId: runId,
  version: machine.version + 1,
});

const printOrder = (run: Run, agentId: string, part: Part, estimate: RunEstimate): MachineCommand => ({
  id: newId('cmd'),
  agentId,
  machineId: run.machineId,
  kind: 'print',
  runId: run.id,
  jobId: run.jobId,
  fileId: part.fileId,
  quantity: run.quantity,
  estimatedSeconds: estimate.seconds,
  estimatedGrams: estimate.grams,
  state: 'issued',
  issuedAt: run.requestedAt,
  expiresAt: new Date(Date.parse(run.requestedAt) + commandLifeMinutes * 60_000).toISOString(),
});
