import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './steps.ts';

/** Fetched when it is needed: with its code generator it weighs 100 MB, and only who changes the core wants it. */
const compiler = 'assemblyscript@0.28.20';
const source = join(root, 'domain', 'geometry', 'mesh-core.as');
const target = join(root, 'domain', 'geometry', 'mesh-core-binary.ts');

/** Compiles the core and writes it as a module; with --check only compares it with the one that is there. */
const folder = mkdtempSync(join(tmpdir(), 'kerf-core-'));
try {
  // The compiler takes no other ending.
  copyFileSync(source, join(folder, 'mesh-core.ts'));
  const flags = ['-O3', '--runtime', 'stub', '--importMemory', '--enable', 'simd', '--noAssert'];
  const compiled = spawnSync(
    'npx',
    ['--yes', '-p', compiler, 'asc', 'mesh-core.ts', '-o', 'mesh-core.wasm', ...flags],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (compiled.status !== 0)
    throw new Error('The core does not compile, or its compiler could not be fetched.');
  const binary = readFileSync(join(folder, 'mesh-core.wasm'));
  const module = moduleOf(binary.toString('base64'), sha256(readFileSync(source)));
  if (!process.argv.includes('--check')) writeFileSync(target, module);
  else if (readFileSync(target, 'utf8') !== module)
    throw new Error(
      'mesh-core-binary.ts is not what mesh-core.as compiles to. Run: node scripts/build-mesh-core.ts',
    );
  console.log(`mesh-core: ${binary.length} bytes`);
} finally {
  rmSync(folder, { recursive: true });
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function moduleOf(base64: string, sourceSha256: string): string {
  const lines = base64.match(/.{1,100}/g) ?? [];
  return [
    `// Made from mesh-core.as by scripts/build-mesh-core.ts with ${compiler}; not to be edited.`,
    'export const sourceSha256 =',
    `  '${sourceSha256}';`,
    'export const base64 =',
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
}
