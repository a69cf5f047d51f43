import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { Call } from '#contract/client.ts';
import type { FactMessage } from '#contract/mqtt.ts';
import { confirmBedClear, createClaim, enrolAgent } from '#contract/routes/farm.ts';
import { getJob, startRun } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import type { RunningCloud } from '#local/cloud.ts';
import { addPrinter } from '../../scripts/walk/farm.ts';
import { callerOf, until } from '../../scripts/walk/instance.ts';

/** Where Kerf runs: the embedded cloud, or a copy that was deployed. */
export interface Workplace {
  url: string;
  host: Pick<RunningCloud['host'], 'invoke'>;
  clock: Pick<RunningCloud['clock'], 'now'>;
  /** What an administrator of the user pool does. */
  addToGroup(email: string, group: string): void | Promise<void>;
  /** Nobody can move its clock. */
  realTime?: true;
}

/** Printers with an enrolled agent whose facts the test states itself, as the queue behind the topic rule would deliver them. */
export interface ShopFloor {
  agentId: string;
  machineIds: string[];
  /** A machine nobody prints on; whoever takes it gives it back by `print` or keeps it. */
  takeMachine(): Promise<string>;
  state(fact: FactMessage['fact']): Promise<void>;
  /** Prints what is still missing of the job's parts, one run a part, and clears the bed after each. */
  print(jobId: string): Promise<void>;
}

/** A certificate request for a fresh P-256 key. */
export async function certificateRequest(): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: 'CN=shop floor',
    keys,
    signingAlgorithm: algorithm,
  });
  return request.toString('pem');
}

/** Adds printers and enrols one agent for all of them by the ordinary claim. */
export async function openFloor(cloud: Workplace, owner: Call, printers: number): Promise<ShopFloor> {
  const machines = await Promise.all(
    Array.from({ length: printers }, (_, index) => addPrinter(owner, `Printer ${index + 1}`)),
  );
  const machineIds = machines.map((machine) => machine.id);
  const { code } = await owner(createClaim, { body: { machineIds } });
  const nobody = callerOf(cloud, { kind: 'none' });
  const { agentId } = await nobody(enrolAgent, { body: { code, csr: await certificateRequest() } });

  const free = [...machineIds];
  let seq = 0;
  let last: Promise<unknown> = Promise.resolve();

  const deliver = async (message: FactMessage): Promise<void> => {
    const body = JSON.stringify({ rule: 'fact', clientId: agentId, message });
    await until(`fact ${message.seq} to be taken`, async () => {
      const event = { Records: [{ messageId: `fact-${message.seq}`, body }] };
      const answer = await cloud.host.invoke('ingest-facts', event);
      return (answer as { batchItemFailures: unknown[] }).batchItemFailures.length === 0;
    });
  };
  const state = (fact: FactMessage['fact']): Promise<void> => {
    // One fact at a time, in the order of their numbers, as an agent sends them.
    const mine = last.then(() => deliver({ seq: (seq += 1), fact }));
    last = mine.catch(() => undefined);
    return mine;
  };
  const takeMachine = () => until('a free printer', async () => free.shift());

  return {
    agentId,
    machineIds,
    takeMachine,
    state,
    async print(jobId) {
      const params = { jobId };
      const { parts } = await owner(getJob, { params });
      for (const part of parts.filter((each) => each.good < each.wanted)) {
        const machineId = await takeMachine();
        const body = { partId: part.id, machineId, quantity: part.wanted - part.good };
        const { runs } = await owner(startRun, { params, body });
        const run = runs.find((each) => each.machineId === machineId && each.state === 'requested');
        if (!run) throw new Error(`${part.name} has no run`);
        const at = cloud.clock.now().toISOString();
        await state({ kind: 'started', runId: run.id, at });
        await state({ kind: 'finished', runId: run.id, at, seconds: 60, grams: 3 });
        await owner(confirmBedClear, { params: { machineId } });
        free.push(machineId);
      }
    },
  };
}

/** Prints the job and waits until the workflow has moved it out of production by itself. */
export async function produce(floor: ShopFloor, owner: Call, jobId: string): Promise<JobView> {
  await floor.print(jobId);
  return until(`job ${jobId} to leave production`, async () => {
    const job = await owner(getJob, { params: { jobId } });
    return job.status !== 'in_production' && job;
  });
}
