import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './steps.ts';

/** Fetched when it is needed: with its code generator it weighs 100 MB, and only who changes these sources wants it. */
const compiler = 'assemblyscript@0.28.20';
const flags = ['-O3', '--runtime', 'stub', '--importMemory', '--enable', 'simd', '--noAssert'];
const geometry = join(root, 'domain', 'geometry');
const onlyCheck = process.argv.includes('--check');

/** Compiles the AssemblyScript of the domain and writes it as modules; with --check only compares it with those that are there. */
const folder = mkdtempSync(join(tmpdir(), 'kerf-wasm-'));
try {
  for (const name of ['mesh-core', 'ascii-facets']) build(name);
} finally {
  rmSync(folder, { recursive: true });
}

function build(name: string): void {
  const source = join(geometry, `${name}.as`);
  const target = join(geometry, `${name}-binary.ts`);
  // The compiler takes no other ending.
  copyFileSync(source, join(folder, `${name}.ts`));
  const compiled = spawnSync(
    'npx',
    ['--yes', '-p', compiler, 'asc', `${name}.ts`, '-o', `${name}.wasm`, ...flags],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (compiled.status !== 0)
    throw new Error(`${name}.as does not compile, or its compiler could not be fetched.`);
  const binary = readFileSync(join(folder, `${name}.wasm`));
  const module = moduleOf(name, binary.toString('base64'), sha256(readFileSync(source)));
  if (!onlyCheck) writeFileSync(target, module);
  else if (readFileSync(target, 'utf8') !== module)
    throw new Error(`${target} is not what ${name}.as compiles to. Run: node scripts/build-wasm.ts`);
  console.log(`${name}: ${binary.length} bytes`);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function moduleOf(name: string, base64: string, sourceSha256: string): string {
  const lines = base64.match(/.{1,100}/g) ?? [];
  return [
    `// Made from ${name}.as by scripts/build-wasm.ts with ${compiler}; not to be edited.`,
    'export const sourceSha256 =',
    `  '${sourceSha256}';`,
    'export const base64 =',
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
}
