import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readReport, type TestOutcome } from './test-reports.ts';

/** A check of its own: a name, and the command that makes it. */
export interface Step {
  name: string;
  command: string[];
  /** Reads passed and failed tests out of the output. */
  counts?: (output: string) => { passed: number; failed: number };
  /** Where the command writes how each test ended, as JSON. */
  report?: string;
  /** Environment of the command besides this process's own. */
  env?: Record<string, string>;
}

export interface StepResult {
  name: string;
  ok: boolean;
  seconds: number;
  passed: number;
  failed: number;
  tests: TestOutcome[];
}

const reports = mkdtempSync(join(tmpdir(), 'kerf-reports-'));
process.once('exit', () => rmSync(reports, { recursive: true, force: true }));
/** A file for the report of a step, gone with this process. */
export const reportOf = (name: string): string => join(reports, `${name.replaceAll(' ', '-')}.json`);

/** What the steps leave lying about goes with this process, too. */
const scratch = join(reports, 'scratch');
mkdirSync(scratch);

export const root = join(import.meta.dirname, '..');
const compiled = join(root, 'node_modules', '.cache', 'compile');
const bin = (...path: string[]) => join(root, 'node_modules', ...path);

export const types: Step = { name: 'types', command: [bin('ts7', 'bin', 'tsc'), '-p', 'tsconfig.json'] };
export const webTypes: Step = {
  name: 'types of the pages',
  command: [bin('ts7', 'bin', 'tsc'), '-p', 'web/tsconfig.json'],
};
export const browserTestTypes: Step = {
  name: 'types of the browser tests',
  command: [bin('ts7', 'bin', 'tsc'), '-p', 'tests/e2e/tsconfig.json'],
};
export const format: Step = {
  name: 'format',
  command: [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'],
};
export const lint: Step = {
  name: 'lint',
  command: [
    bin('eslint', 'bin', 'eslint.js'),
    '--cache',
    '--cache-location',
    'node_modules/.cache/eslint/',
    '.',
  ],
};
export const boundaries: Step = {
  name: 'import rule',
  command: [
    bin('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err',
    'domain',
    'contract',
    'lambdas',
    'local',
    'agent',
    'lib',
    'web',
    'scripts',
  ],
};

/** Vitest over the given folders; its last lines hold the counts. */
export const vitest = (name: string, ...folders: string[]): Step => ({
  name,
  command: [
    bin('vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportOf(name)}`,
    ...folders,
  ],
  report: reportOf(name),
  counts: (output) => {
    const line = /^\s*Tests\s+(.*)$/m.exec(output.replaceAll(/\u001b\[[0-9;]*m/g, ''))?.[1] ?? '';
    const number = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
    return { passed: number('passed'), failed: number('failed') };
  },
});

/** Runs a step; what it printed is shown in one piece when it has ended, so that steps beside each other stay readable. */
export function runStep(step: Step): Promise<StepResult> {
  const began = Date.now();
  console.log(`.. ${step.name}`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, step.command, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      // What one process compiled, the next one loads.
      env: { NODE_COMPILE_CACHE: compiled, ...process.env, FORCE_COLOR: '0', TMPDIR: scratch, ...step.env },
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('close', (code) => {
      const output = Buffer.concat(chunks).toString('utf8');
      process.stdout.write(`\n== ${step.name}\n${output}`);
      const ok = code === 0;
      const counted = step.counts?.(output) ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
      const tests = step.report === undefined ? [] : readReport(root, step.report);
      resolve({ name: step.name, ok, seconds: (Date.now() - began) / 1000, ...counted, tests });
    });
  });
}

/**
 * A part of the steps' time is waiting (timers, browsers, restarts), so three fill the two cores they are meant for: measured 946 s with
 * three, 1,049 s with four and about as much with two.
 */
const lanes = 3;

/**
 * Runs all steps, prints what each took, which tests failed and the sum, and ends the process with the verdict.
 * @param closing lines made of all tests, printed before the sum
 */
export async function runAll(
  steps: readonly Step[],
  closing: (tests: readonly TestOutcome[]) => string[] = () => [],
): Promise<never> {
  const began = Date.now();
  const results: StepResult[] = [];
  const waiting = steps.map((step, index) => ({ step, index }));
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      results[next.index] = await runStep(next.step);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  console.log('');
  for (const { name, ok, seconds, passed, failed } of results)
    console.log(
      `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed`,
    );
  const tests = results.flatMap((result) => result.tests);
  const failures = tests.filter(({ state }) => state === 'failed');
  if (failures.length > 0) console.log('');
  for (const { file, title } of failures) console.log(`FAILED ${file}: ${title}`);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  // A step that broke down without a failed test is a failure all the same.
  const failed = results.reduce((sum, result) => sum + (result.ok ? 0 : Math.max(1, result.failed)), 0);
  console.log('');
  for (const line of closing(tests)) console.log(line);
  console.log(`${((Date.now() - began) / 1000).toFixed(0)} s in all`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
