import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptanceLines, coverageOf, listedRows } from './acceptance-rows.ts';
import { root } from './steps.ts';
import { readReport, type TestOutcome } from './test-reports.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kerf-reports-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const outcome = (title: string, change: Partial<TestOutcome> = {}): TestOutcome => ({
  file: 'tests/integration/path.test.ts',
  title,
  steps: [],
  state: 'passed',
  ...change,
});
const read = (name: string, report: object) => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(report));
  return readReport('/kerf', path);
};

test('every row of the three systems is listed once', () => {
  const numbers = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(2, '0')}`);
  expect(listedRows(root)).toEqual([...numbers('CO', 72), ...numbers('DF', 73), ...numbers('JT', 50)]);
});

test('a row counts only when a test through the API or a browser ran and passed', () => {
  const rows = ['CO-01', 'CO-02', 'CO-03', 'CO-04', 'CO-05'];
  const outcomes = [
    outcome('CO-01 passed'),
    outcome('CO-02 failed', { state: 'failed' }),
    outcome('CO-03 skipped', { state: 'skipped' }),
    outcome('CO-04 a rule', { file: 'domain/job/rules.test.ts' }),
    outcome('a walk', { file: 'tests/e2e/walk.spec.ts', steps: ['CO-05: a step of it'] }),
    outcome('CO-99 a slip of the pen'),
  ];
  expect(coverageOf(rows, outcomes)).toEqual({
    covered: ['CO-01', 'CO-05'],
    uncovered: ['CO-02', 'CO-03', 'CO-04'],
    unknown: ['CO-99'],
  });
  expect(acceptanceLines(root, outcomes)[0]).toBe('acceptance rows: 2 of 195 covered');
});

test('a file whose hooks fail is a failure, although no test of it is', () => {
  const assertionResults = [
    { fullName: 'a CO-01', status: 'passed' },
    { fullName: 'b', status: 'pending' },
  ];
  const testResults = [
    { name: '/kerf/tests/a.test.ts', status: 'failed', message: 'no port\nat x', assertionResults },
  ];
  expect(read('vitest.json', { testResults })).toEqual([
    { file: 'tests/a.test.ts', title: 'a CO-01', steps: [], state: 'passed' },
    { file: 'tests/a.test.ts', title: 'b', steps: [], state: 'skipped' },
    { file: 'tests/a.test.ts', title: 'the file itself: no port', steps: [], state: 'failed' },
  ]);
});

test('a browser test has the steps of its last try', () => {
  const specs = [
    {
      title: 'a walk',
      file: 'walk.spec.ts',
      ok: true,
      tests: [
        { status: 'expected', results: [{ steps: [{ title: 'CO-01: one', steps: [{ title: 'two' }] }] }] },
      ],
    },
  ];
  const report = { config: { rootDir: '/kerf/tests/e2e' }, suites: [{ suites: [{ specs }] }] };
  expect(read('playwright.json', report)).toEqual([
    { file: 'tests/e2e/walk.spec.ts', title: 'a walk', steps: ['CO-01: one', 'two'], state: 'passed' },
  ]);
});

test('a run that broke down before it wrote its report has no outcomes', () =>
  expect(readReport('/kerf', join(folder, 'nothing.json'))).toEqual([]));
