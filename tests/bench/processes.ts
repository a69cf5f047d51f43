import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const lookAtMemoryEveryMs = 10;

export interface Measured {
  seconds: number;
  /** Of all its threads, in the program and in the system. */
  cpuSeconds: number;
  /** Highest resident memory in MB; NaN where the system does not tell. */
  peakMb: number;
  output: string;
  /** Undefined when it was stopped for taking too long. */
  exitCode: number | undefined;
}

/** Whether a command is on the path. */
export function isInstalled(command: string): boolean {
  return spawnSync('which', [command]).status === 0;
}

/** Runs a command to its end, or stops it after `mostSeconds`. Bash takes the times, since Node does not tell those of a child. */
export function measureProcess(
  command: string,
  args: readonly string[],
  mostSeconds: number,
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const timed = ['-c', 'TIMEFORMAT="%R %U %S"; time "$@" 2>/dev/null', 'bash', command, ...args];
    // A group of its own, so that stopping reaches the command behind the shell.
    const shell = spawn('bash', timed, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let output = '';
    let times = '';
    let peakMb = Number.NaN;
    shell.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    shell.stderr.on('data', (chunk: Buffer) => {
      times += chunk.toString('utf8');
    });
    const looking = setInterval(() => {
      peakMb = peakMbOfChild(shell.pid!) ?? peakMb;
    }, lookAtMemoryEveryMs);
    const stopping = setTimeout(() => process.kill(-shell.pid!, 'SIGKILL'), mostSeconds * 1000);
    shell.once('error', reject);
    shell.once('close', (code) => {
      clearInterval(looking);
      clearTimeout(stopping);
      const [seconds = (performance.now() - began) / 1000, user = Number.NaN, system = Number.NaN] = times
        .split(' ')
        .filter((word) => word !== '')
        .map(Number);
      resolve({ seconds, cpuSeconds: user + system, peakMb, output, exitCode: code ?? undefined });
    });
  });
}

/** The system keeps the highest value itself, so that looking now and then misses little. */
function peakMbOfChild(pid: number): number | undefined {
  try {
    const child = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1];
    return peak === undefined ? undefined : Number(peak) / 1000;
  } catch {
    // Over, or no such system.
    return undefined;
  }
}
