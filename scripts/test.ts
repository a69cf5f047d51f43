import { acceptanceLines } from './acceptance-rows.ts';
import { buildPages } from './build-pages.ts';
import { browserTests } from './browser.ts';
import {
  boundaries,
  browserTestTypes,
  format,
  lint,
  root,
  runAll,
  types,
  vitest,
  webTypes,
} from './steps.ts';
import { suites } from './suites.ts';

const of = (...names: (keyof typeof suites)[]) => names.map((name) => vitest(name, ...suites[name]));

/** Everything that has to hold, from types to a browser. */
await buildPages(root);
await runAll(
  [
    // The longest first, so that the lanes end together.
    ...of('power cuts'),
    await browserTests(),
    ...[1, 2, 3, 4].map((quarter) =>
      vitest(`integration ${quarter} of 4`, ...suites.integration, `--shard=${quarter}/4`),
    ),
    ...of('isolation', 'agent'),
    // Nothing of theirs outlives a file, so one process takes them all.
    vitest('unit tests', '--no-isolate', ...suites['unit tests']),
    lint,
    ...of('embedded cloud', 'state machine', 'stacks', 'walls and attacks'),
    vitest('planted faults', '--config', 'tests/faults/vitest.config.ts'),
    ...of('hostile files'),
    format,
    types,
    webTypes,
    browserTestTypes,
    boundaries,
  ],
  (tests) => acceptanceLines(root, tests),
);
