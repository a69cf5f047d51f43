import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';
import { nameOf, type Fault } from './fault.ts';

/**
 * Makes every fault's rule a question: is this fault planted now? The sources themselves know nothing of it.
 * @throws Error for a rule that is not exactly once in its file any more
 */
export function plant(root: string, faults: readonly Fault[]): Plugin {
  for (const { file, rule } of faults)
    if (readFileSync(join(root, file), 'utf8').split(rule).length !== 2)
      throw new Error(`${file} has not exactly one "${rule}": adjust tests/faults/faults.ts`);
  return {
    name: 'plant-faults',
    enforce: 'pre',
    transform(source, id) {
      const file = relative(root, id).replaceAll('\\', '/');
      let code = source;
      for (const fault of faults.filter((each) => each.file === file)) {
        const asked = `globalThis.kerfPlanted?.fault === ${JSON.stringify(nameOf(fault))}`;
        code = code.replace(fault.rule, () => `(${asked} ? (${fault.wrong}) : (${fault.rule}))`);
      }
      // An acceptance file hands over its tests instead of running them.
      if (file.startsWith('tests/integration/') && file.endsWith('.test.ts'))
        code = code.replace("from 'vitest'", "from '#tests/faults/collect.ts'");
      return code === source ? undefined : code;
    },
  };
}
