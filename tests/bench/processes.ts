import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const lookAtMemoryEveryMs = 10;

export interface Measured {
  seconds: number;
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

/** Runs a command to its end, or stops it after `mostSeconds`. */
export function measureProcess(
  command: string,
  args: readonly string[],
  mostSeconds: number,
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    let peakMb = Number.NaN;
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    // The system keeps the highest value itself, so that looking now and then misses little.
    const look = () => {
      try {
        const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
        if (peak) peakMb = Number(peak) / 1000;
      } catch {
        // Over, or no such system.
      }
    };
    const looking = setInterval(look, lookAtMemoryEveryMs);
    const stopping = setTimeout(() => child.kill('SIGKILL'), mostSeconds * 1000);
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(looking);
      clearTimeout(stopping);
      resolve({
        seconds: (performance.now() - began) / 1000,
        peakMb,
        output,
        exitCode: code ?? undefined,
      });
    });
  });
}
