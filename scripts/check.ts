import { boundaries, format, lint, runAll, types, vitest, webTypes } from './steps.ts';

/** What to run before every commit. */
await runAll([
  types,
  webTypes,
  format,
  boundaries,
  lint,
  vitest('unit tests', 'domain', 'contract', 'statemachines/job-lifecycle', 'lambdas', 'scripts'),
]);
