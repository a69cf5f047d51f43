import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Call } from '#contract/client.ts';
import { createClaim, createMachine, listMachines, type MachineView } from '#contract/routes/farm.ts';
import { until, type Instance } from './instance.ts';

export interface RunningAgent {
  process: ChildProcess;
  dataDir: string;
  /** Ends it the hard way, as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface AgentOptions {
  /** How much faster than the estimate a simulated print runs. */
  speed: number;
  onOutput?: (line: string) => void;
}

const root = join(import.meta.dirname, '..', '..');

/** Adds a printer of the usual size. */
export const addPrinter = (owner: Call, name = 'Prusa MK4'): Promise<MachineView> =>
  owner(createMachine, { body: { name, volumeMm: { x: 250, y: 210, z: 220 } } });

/** Starts the shop-floor agent as a process of its own; with a code it enrols first. */
export function runAgent(
  dataDir: string,
  options: AgentOptions,
  enrol?: { api: string; code: string },
): RunningAgent {
  const enrolment = enrol ? ['--api', enrol.api, '--code', enrol.code] : [];
  const child = spawn(
    process.execPath,
    [
      join(root, 'agent', 'main.ts'),
      'run',
      '--data',
      dataDir,
      '--driver',
      'simulated',
      '--speed',
      String(options.speed),
      ...enrolment,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) =>
      chunk
        .toString('utf8')
        .split('\n')
        .filter(Boolean)
        .forEach((line) => options.onOutput?.(line)),
    );
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  return { process: child, dataDir, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

/** Enrols an agent for the machines and waits until the shop hears of them. */
export async function connectAgent(
  instance: Instance,
  owner: Call,
  machineIds: string[],
  dataDir: string,
  options: AgentOptions,
): Promise<RunningAgent> {
  const { code } = await owner(createClaim, { body: { machineIds } });
  const agent = runAgent(dataDir, options, { api: instance.url, code });
  await until('the first sign of life of the agent', async () => {
    if (agent.process.exitCode !== null) throw new Error(`The agent ended with ${agent.process.exitCode}`);
    const { machines } = await owner(listMachines, {});
    return machineIds.every((id) =>
      machines.some((machine) => machine.id === id && machine.live !== undefined),
    );
  });
  return agent;
}
