import * as routes from '#contract/routes/jobs.ts';
import { clearedFrom } from '#domain/machine/machine.ts';
import { isRefusal } from '#domain/refusal.ts';
import { endByHand } from '#domain/run/run-by-hand.ts';
import { loadMachine } from '../../adapters/dynamo/repositories/farm.ts';
import { putMachine, putRun } from '../../adapters/dynamo/repositories/runs.ts';
import { implement } from '../../http/stack.ts';
import { learnFrom } from '../../use-cases/record-fact.ts';
import { instantOf, noSuchRun } from './log-run.ts';
import { runCommand } from './run-command.ts';

/** Run, machine, part and job in one transaction, as for a run that an agent reports. */
export const endRun = implement(routes.endRun, (request) =>
  runCommand(request, async (loaded, now, t) => {
    const { runId, at, ...how } = request.body;
    const before = loaded.runs.find((run) => run.id === runId);
    if (!before) return noSuchRun;
    const ended = endByHand(before, how, instantOf(at, now), now);
    if (isRefusal(ended)) return ended;
    const { run, made } = ended;
    const [machine, learned] = await Promise.all([loadMachine(t, run.machineId), learnFrom(t, run)]);
    const cleared = machine && clearedFrom(machine, run.id);
    return {
      command: {
        name: 'record_run',
        runId,
        partId: run.partId,
        outcome: how.outcome,
        made,
        ...(how.reason === undefined ? {} : { reason: how.reason }),
      },
      writes: () => [
        putRun(t, run, before.state),
        ...(machine && cleared ? [putMachine(t, cleared, machine.version)] : []),
        ...learned,
      ],
    };
  }),
);
