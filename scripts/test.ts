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

/** Everything that has to hold, from types to a browser. */
await buildPages(root);
await runAll(
  [
    types,
    webTypes,
    browserTestTypes,
    format,
    boundaries,
    lint,
    // Its pauses leave room for the quick ones beside it.
    vitest('power cuts', 'tests/chaos'),
    vitest('unit tests', 'domain', 'contract', 'lambdas', 'scripts'),
    vitest('agent', 'agent/'),
    vitest('embedded cloud', 'local'),
    vitest('state machine', 'statemachines'),
    vitest('stacks', 'tests/infra'),
    vitest('isolation', 'tests/isolation'),
    await browserTests(),
    // The longest ones last and in quarters, so that both lanes end together.
    ...[1, 2, 3, 4].map((quarter) =>
      vitest(`integration ${quarter} of 4`, 'tests/integration', `--shard=${quarter}/4`),
    ),
    vitest('planted faults', '--config', 'tests/faults/vitest.config.ts'),
    vitest('hostile files', 'tests/fuzz'),
  ],
  (tests) => acceptanceLines(root, tests),
);
