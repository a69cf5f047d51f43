import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FuzzCaller } from './callers.ts';

/** From the Python registry: calls every operation of an OpenAPI document with what the document allows, and with what it does not. */
export const schemathesis = ['schemathesis==4.32.5'];

const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
];

export interface FuzzRun {
  /** Every call made: `<operation> <status> <ids of the other shop that it showed>`. */
  calls: { operation: string; status: number; leaked: string[] }[];
  /** What an answer was that the document does not allow, and where. */
  failures: string[];
  /** Why operations could not be called at all. */
  errors: string[];
  logFile: string;
}

/** What we read of its report. */
interface Report {
  failures: { title: string; count: number; operations: string[] }[];
  errors: { title: string; count: number }[];
}

/**
 * Fuzzes the operations that are for one caller.
 * @throws when the tool itself gave up
 */
export async function fuzzAs(
  caller: FuzzCaller,
  options: {
    /** Folder of the tool's programs. */
    programs: string;
    dataDir: string;
    url: string;
    ownIds: readonly string[];
    foreignIds: readonly string[];
    examplesPerOperation: number;
    seed: number;
  },
): Promise<FuzzRun> {
  const { programs, dataDir, url, ownIds, foreignIds, examplesPerOperation, seed } = options;
  const fileOf = (ending: string) => join(dataDir, `${caller.name.replaceAll(' ', '-')}.${ending}`);
  const [world, callsFile, reportFile, logFile] = ['world', 'calls', 'report', 'log'].map(fileOf) as [
    string,
    string,
    string,
    string,
  ];
  for (const file of [callsFile, reportFile]) rmSync(file, { force: true });
  const { credential, requests } = caller;
  writeFileSync(world, JSON.stringify({ credential, requests, ownIds, foreignIds }));
  const exitCode = await run(
    join(programs, 'st'),
    [
      ...['run', `${url}/v1/openapi.json`, '--url', url, '--no-color'],
      ...['--phases', 'examples,coverage,fuzzing', '--checks', checks.join(',')],
      ...['--max-examples', String(examplesPerOperation), '--seed', String(seed), '--workers', '1'],
      ...['--continue-on-failure', '--no-shrink', '--generation-database', 'none'],
      ...['--suppress-health-check', 'all', '--request-timeout', '60'],
      ...['--report', 'json', '--report-json-path', reportFile],
      ...caller.operations.flatMap((id) => ['--include-operation-id', id]),
    ],
    {
      SCHEMATHESIS_HOOKS: join(import.meta.dirname, 'hooks.py'),
      KERF_FUZZ_WORLD: world,
      KERF_FUZZ_CALLS: callsFile,
    },
    logFile,
    dataDir,
  );
  if (![0, 1].includes(exitCode) || !existsSync(reportFile))
    throw new Error(`Schemathesis gave up with code ${exitCode}; ${logFile} says why.`);
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  return {
    calls: existsSync(callsFile) ? callsIn(readFileSync(callsFile, 'utf8')) : [],
    failures: report.failures.map(
      ({ title, count, operations }) => `${title} (${count}): ${operations.join(', ')}`,
    ),
    errors: report.errors.map(({ title, count }) => `${title} (${count})`),
    logFile,
  };
}

const callsIn = (lines: string): FuzzRun['calls'] =>
  lines
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [operation = '', status = '', ...leaked] = line.split(' ');
      return { operation, status: Number(status), leaked };
    });

async function run(
  program: string,
  parameters: string[],
  environment: Record<string, string>,
  logFile: string,
  cwd: string,
): Promise<number> {
  // It keeps notes of its own where it runs.
  const child = spawn(program, parameters, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const log = createWriteStream(logFile);
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? -1));
  });
  child.stderr.pipe(log, { end: false });
  await pipeline(child.stdout, log);
  return ended;
}
