import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{domain,contract,lambdas,local,agent,lib,web,statemachines,scripts,tests}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'tests/e2e/**', 'tests/faults/**'],
    pool: 'forks',
    // Everything but pages and the tests themselves is read by Node, as it is on the laptop: nothing to transform, and compiled once.
    server: {
      deps: {
        external: [/\/(?:domain|contract|lambdas|local|agent|lib|scripts|tests)\/(?!.*\.test\.ts$).*\.ts$/],
      },
    },
    // Limits for what hangs, not for what is slow: two cores are shared by everything that runs at once.
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});
