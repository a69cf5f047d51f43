import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './steps.ts';

/** A bench is a file of tests/bench that exports `bench`; the arguments after its name are its own. */
interface Bench {
  bench: (args: string[]) => Promise<void>;
}

const folder = join(root, 'tests', 'bench');
// Other files there are helpers, and some run at once when they are loaded.
const names = readdirSync(folder)
  .filter(
    (file) =>
      file.endsWith('.ts') &&
      /^export async function bench\(/m.test(readFileSync(join(folder, file), 'utf8')),
  )
  .map((file) => file.replace(/\.ts$/, ''));
const [name = '', ...args] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`Usage: npm run bench -- NAME [options]\nBenches: ${names.join(', ')}`);
  process.exit(2);
}
const { bench } = (await import(join(folder, `${name}.ts`))) as Bench;
await bench(args);
