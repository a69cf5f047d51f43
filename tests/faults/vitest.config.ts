import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { faults } from './faults.ts';
import { plant } from './plant.ts';

const root = join(import.meta.dirname, '..', '..');

export default defineConfig({
  root,
  plugins: [plant(root, Object.values(faults).flat())],
  test: {
    include: ['tests/faults/**/*.test.ts'],
    pool: 'forks',
    hookTimeout: 60_000,
  },
});
