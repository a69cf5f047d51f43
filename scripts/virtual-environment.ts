import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Python packages (`name==version`) in an environment of their own, installed when other ones or none stand there.
 * @returns the folder of its programs
 * @throws when Python or its registry is missing, saying what to do
 */
export function virtualEnvironment(folder: string, packages: readonly string[]): string {
  const programs = join(folder, 'bin');
  const stamp = join(folder, '.installed');
  const wanted = packages.join('\n');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return programs;
  console.log(`kerf: installing ${packages[0] ?? ''} into ${folder}`);
  rmSync(folder, { recursive: true, force: true });
  run('python3', ['-m', 'venv', folder], 'Install Python 3.10 or newer with its venv module.');
  run(
    join(programs, 'python'),
    ['-m', 'pip', 'install', '--quiet', ...packages],
    'The Python registry has to be reachable.',
  );
  writeFileSync(stamp, wanted);
  return programs;
}

function run(command: string, parameters: string[], fix: string): void {
  const { status, stderr, error } = spawnSync(command, parameters, { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${command} ${parameters.join(' ')} failed. ${fix}\n${error?.message ?? stderr.trim()}`);
}
