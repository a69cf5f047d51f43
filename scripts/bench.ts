import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './steps.ts';

/** A bench is a file of tests/bench that exports `bench`; the arguments after its name are its own. */
interface Bench {
  bench?: (args: string[]) => Promise<void>;
}

const folder = join(root, 'tests', 'bench');
const [name, ...args] = process.argv.slice(2);
const found = name && /^[a-z-]+$/.test(name) ? await load(name) : undefined;
if (!found?.bench) {
  const names = [];
  for (const file of readdirSync(folder).filter((each) => each.endsWith('.ts'))) {
    const each = file.slice(0, -'.ts'.length);
    if ((await load(each))?.bench) names.push(each);
  }
  console.error(`Usage: npm run bench -- NAME [options]\nBenches: ${names.join(', ')}`);
  process.exit(2);
}
await found.bench(args);

async function load(each: string): Promise<Bench | undefined> {
  if (!readdirSync(folder).includes(`${each}.ts`)) return undefined;
  return (await import(join(folder, `${each}.ts`))) as Bench;
}
