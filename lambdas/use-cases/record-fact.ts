import type { Actor } from '#domain/actor.ts';
import { withFinishedRun } from '#domain/estimate/run-record.ts';
import { occupyWith, releaseFrom } from '#domain/machine/machine.ts';
import { isRefusal } from '#domain/refusal.ts';
import { applyFact, isOpen, type Run, type RunChange } from '#domain/run/run.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError, type Write } from '../adapters/dynamo/commit.ts';
import { loadMachine } from '../adapters/dynamo/repositories/farm.ts';
import { eventWrite, findJob } from '../adapters/dynamo/repositories/jobs.ts';
import { loadRunRecord, putRunRecord } from '../adapters/dynamo/repositories/run-records.ts';
import { findRun, putMachine, putRun } from '../adapters/dynamo/repositories/runs.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { logger } from '../logger.ts';
import { changeJob } from './change-job.ts';

const mostTries = 5;

/**
 * Takes a fact about a run into the books: run, machine, job and part in one transaction, with the rows of `also`. Repeated and
 * late facts change nothing else.
 */
export async function recordFact(t: Tenant, fact: RunChange, also: Write[] = []): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const run = await findRun(t, fact.runId);
    // The index that finds runs by id may lag behind a run made a moment ago.
    if (!run) throw new Error(`Run ${fact.runId} is not known (yet)`);
    const after = applyFact(run, fact);
    if (!after) return also.length > 0 ? commit(t.client, also) : undefined;
    try {
      return await (isOpen(after) ? goOn(t, run, after) : endRun(t, run, after, also));
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === mostTries) throw error;
    }
  }
}

/** The run prints, or is back from being given up: then its machine is busy again, and the job's log says so. */
async function goOn(t: Tenant, before: Run, after: Run): Promise<void> {
  const writes = [putRun(t, after, before.state)];
  if (isOpen(before)) return commit(t.client, writes);
  const [machine, job] = await Promise.all([loadMachine(t, after.machineId), findJob(t, after.jobId)]);
  const busy = machine && occupyWith(machine, after.id);
  if (machine && busy) writes.push(putMachine(t, busy, machine.version));
  if (job)
    writes.push(
      eventWrite(
        t,
        job,
        {
          type: 'run.taken_late',
          data: { runId: after.id, partId: after.partId, machineId: after.machineId },
        },
        { kind: 'system', name: 'machines' },
        now(),
      ),
    );
  await commit(t.client, writes);
}

async function endRun(t: Tenant, before: Run, after: Run, also: Write[]): Promise<void> {
  const machine = await loadMachine(t, after.machineId);
  const released = machine && releaseFrom(machine, after.id);
  const writes: Write[] = [
    putRun(t, after, before.state),
    ...(machine && released ? [putMachine(t, released, machine.version)] : []),
    ...(await learnFrom(t, after)),
  ];
  const actor: Actor = machine?.agentId
    ? { kind: 'agent', agentId: machine.agentId }
    : { kind: 'system', name: 'machines' };
  const outcome = await changeJob(t, after.jobId, actor, () => ({
    command: {
      name: 'record_run',
      runId: after.id,
      partId: after.partId,
      outcome: after.state === 'finished' ? 'finished' : after.state === 'failed' ? 'failed' : 'canceled',
      made: after.state === 'finished' ? after.quantity : 0,
      ...(after.reason === undefined ? {} : { reason: after.reason }),
    },
    writes: () => [...writes, ...also],
  }));
  if (outcome === 'no_such_job') throw new Error(`Run ${after.id} has no job`);
  if ('refusal' in outcome) {
    // The job has moved on (canceled, closed by hand): run and machine still end, the job is left as it is.
    if (isRefusal(outcome.refusal))
      logger.warn('a run ended outside its job', {
        shopId: t.shopId,
        runId: after.id,
        why: outcome.refusal.refused,
      });
    await commit(t.client, [...writes, ...also]);
  }
}

/** What the run took goes into the record that later estimates are corrected by. */
export async function learnFrom(t: Tenant, run: Run): Promise<Write[]> {
  if (run.state !== 'finished' || !run.uncorrected) return [];
  const record = await loadRunRecord(t, run.machineId, run.uncorrected.materialId);
  const learned = withFinishedRun(record, run);
  return learned ? [putRunRecord(t, learned)] : [];
}
