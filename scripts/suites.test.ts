import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from './steps.ts';
import { suites } from './suites.ts';

/** Has a configuration and a step of its own. */
const apart = 'tests/faults/';

test('every test file belongs to a suite, so that none is forgotten', () => {
  const folders = [...Object.values(suites).flat(), apart].map((folder) =>
    folder.endsWith('/') ? folder : `${folder}/`,
  );
  const files = globSync('{*,*/*,*/**/*}.test.ts', {
    cwd: root,
    exclude: (name) => ['node_modules', '.kerf', 'cdk.out', 'dist'].includes(name),
  });
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => !folders.some((folder) => file.startsWith(folder)))).toEqual([]);
});
