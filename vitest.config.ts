import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{domain,contract,lambdas,local,agent,lib,web,statemachines,scripts,tests}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'tests/e2e/**', 'tests/faults/**'],
    pool: 'forks',
    // Limits for what hangs, not for what is slow: two cores are shared by everything that runs at once.
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});
