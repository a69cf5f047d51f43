import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');

/** Starts an empty Kerf as a person would, with a folder and ports of its own; its address is in KERF_URL. */
export default async function startKerf(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kerf-e2e-'));
  const child = spawn(
    process.execPath,
    [join(root, 'scripts', 'start.ts'), '--empty', '--port', '0', '--data', dataDir],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  process.env['KERF_URL'] = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`Kerf ended with ${code} before it was up`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = /Back office\s+(http:\S+?)\/?$/.exec(line)?.[1];
      if (url) resolve(url);
    });
  });
  return async () => {
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
    rmSync(dataDir, { recursive: true, force: true });
  };
}
