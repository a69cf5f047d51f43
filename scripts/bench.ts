import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'tests', 'bench');
const [name = '', ...rest] = process.argv.slice(2);
const script = join(folder, `${name}.ts`);
if (!/^[a-z-]+$/.test(name) || !existsSync(script)) {
  console.error('Usage: npm run bench -- estimate [--models DIR]... [--fit] [--worst N]');
  process.exit(2);
}
process.exitCode = spawnSync(process.execPath, [script, ...rest], { stdio: 'inherit' }).status ?? 1;
