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

/** Everything that has to hold, from types to a browser. */
await buildPages(root);
await runAll([
  types,
  webTypes,
  browserTestTypes,
  format,
  boundaries,
  lint,
  // Its pauses leave room for the quick ones beside it.
  vitest('power cuts', 'tests/chaos'),
  vitest('unit tests', 'domain', 'contract', 'lambdas'),
  vitest('agent', 'agent/'),
  vitest('embedded cloud', 'local'),
  vitest('state machine', 'statemachines'),
  vitest('stacks', 'tests/infra'),
  vitest('isolation', 'tests/isolation'),
  vitest('integration', 'tests/integration'),
  vitest('hostile files', 'tests/fuzz'),
  await browserTests(),
]);
