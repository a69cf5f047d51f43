import { suites } from './suites.ts';
import { boundaries, format, lint, runAll, types, vitest, webTypes } from './steps.ts';

/** What to run before every commit. */
await runAll([
  types,
  webTypes,
  format,
  boundaries,
  lint,
  vitest('rules', '--no-isolate', ...suites.rules),
  vitest('unit tests', 'statemachines/job-lifecycle', 'lambdas', 'scripts'),
]);
