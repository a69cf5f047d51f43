/**
 * Takes out every guard between two shops in turn, in a copy of the sources, and asks the tests: all must notice.
 * `node scripts/mutate-guards.ts [part of a guard's name, file or tests]`
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { guards, type Guard } from './guards.ts';

const root = resolve(import.meta.dirname, '..');
const copy = mkdtempSync(join(tmpdir(), 'kerf-guards-'));
const tests = (noticedBy: readonly string[]) =>
  spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--bail=1', ...noticedBy],
    {
      cwd: copy,
      encoding: 'utf8',
      timeout: 600_000,
    },
  );

/** Whether the tests fail for what they found, not for a source that can not be read. */
function isNoticed({ file, text, without, noticedBy }: Guard): boolean {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(text).length !== 2) throw new Error(`${file} holds this not exactly once: ${text}`);
  const mutated = source.replace(text, () => without);
  // Throws at what can not be read: a function that can not be loaded answers with an error of ours, too.
  stripTypeScriptTypes(mutated);
  writeFileSync(path, mutated);
  try {
    const { status, stdout, stderr } = tests(noticedBy);
    // cdk-nag, too, stops at a wildcard that nobody gave a reason for; a file whose world can not be set up answers with our own error.
    const said = `${stdout}${stderr}`.replaceAll(/\u001b\[\d+m/g, '');
    return status !== 0 && /Tests .*failed|ValidationFailed|ProblemError/.test(said);
  } finally {
    writeFileSync(path, source);
  }
}

try {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter((each) => each !== '')) {
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

  const asked = guards.filter((guard) =>
    [guard.name, guard.file, ...guard.noticedBy].some((each) => each.includes(process.argv[2] ?? '')),
  );
  const suites = new Map(asked.map(({ noticedBy }) => [noticedBy.join(' '), noticedBy]));
  for (const [name, suite] of suites)
    if (tests(suite).status !== 0) throw new Error(`${name} fails with every guard in its place.`);
  const unnoticed = asked.filter((guard) => {
    const noticed = isNoticed(guard);
    console.log(`${noticed ? 'noticed  ' : 'UNNOTICED'} ${guard.name}`);
    return !noticed;
  });
  console.log(`${asked.length - unnoticed.length} of ${asked.length} guards are missed when they are gone.`);
  process.exitCode = unnoticed.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
