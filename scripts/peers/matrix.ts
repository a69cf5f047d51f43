import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { environmentOf, type DeployedCopy } from '../emulator/functions.ts';
import type { Verdict } from './verdict.ts';

/**
 * The tests of tests/isolation/matrix.test.ts that ask who may reach what. What a request may look like is decided by the same code
 * before anything is reached, and is tried at every `npm test`.
 */
const whoReachesWhat = [
  'no or wrong credential',
  'another shop',
  'another customer',
  'wrong role',
  'names no shop',
  'ids of another shop',
  'nobody needs a credential',
  'without a true signature',
  'a page cursor',
  'nothing in shop A has changed',
];

interface TestReport {
  numPassedTests: number;
  testResults: { assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[];
}

/** Asks the isolation matrix of a deployed copy: every route, as every stranger. */
export async function matrixOn(copy: DeployedCopy, root: string, dataDir: string): Promise<Verdict[]> {
  const [reportFile, logFile] = [join(dataDir, 'matrix.json'), join(dataDir, 'matrix.log')];
  const child = spawn(
    process.execPath,
    [
      ...[join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'tests/isolation/matrix.test.ts'],
      ...['-t', whoReachesWhat.join('|'), '--testTimeout', '900000'],
      ...['--reporter', 'default', '--reporter', 'json', '--outputFile', reportFile],
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...(await environmentOf(copy, 'authorize-request', 'api-shops')) },
    },
  );
  const log = createWriteStream(logFile);
  child.stderr.pipe(log, { end: false });
  await pipeline(child.stdout, log);
  const { numPassedTests, testResults } = JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport;
  const [, combinations = '0'] = /(\d+) combinations/.exec(readFileSync(logFile, 'utf8')) ?? [];
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }): Verdict => ({
      what: `deployed: ${fullName}`,
      result: 'broken',
      seen: failureMessages[0]?.split('\n')[0] ?? '',
    }));
  const what = `deployed: ${numPassedTests} rows of the isolation matrix, ${combinations} combinations`;
  const holds: Verdict =
    numPassedTests > 0 ? { what, result: 'holds' } : { what, result: 'broken', seen: `see ${logFile}` };
  return [holds, ...failed];
}
