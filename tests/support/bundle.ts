import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { bundling } from '#lib/constructs/bundling.ts';

const root = join(import.meta.dirname, '..', '..');

/** Within the packages' folder, so that what the runtime brings is found from there. */
export const bundleFolder = join(root, 'node_modules', '.cache', 'kerf-bundles');

/** Bundles as it is deployed. */
export async function bundle(
  entry: Pick<BuildOptions, 'entryPoints' | 'stdin'>,
  outfile: string,
): Promise<void> {
  mkdirSync(dirname(outfile), { recursive: true });
  await build({
    ...entry,
    outfile,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: bundling.target,
    mainFields: [...bundling.mainFields],
    external: [...bundling.externalModules],
    alias: bundling.alias,
    banner: { js: bundling.banner },
    minify: bundling.minify,
    logLevel: 'error',
  });
}
