import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../scripts/steps.ts';

/**
 * `npm run bench -- shown-price [--rounds 25]`: milliseconds in Chromium from a choice of the customer until the first frame in which the
 * price's line reads otherwise, over HTTP to an empty Kerf on this machine.
 */
export async function bench(args: string[]): Promise<void> {
  const script = join(root, 'tests', 'e2e', 'measure-shown-price.ts');
  const child = spawn(process.execPath, ['--no-warnings', script, ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
}
