import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { virtualEnvironment } from '../virtual-environment.ts';
import { portIsTaken } from './ports.ts';

/** An AWS emulator that others wrote (github.com/ministackorg/ministack), from the Python registry. */
const packages = ['ministack==1.4.21', 'cryptography==50.0.2'];

export interface RunningEmulator {
  url: string;
  /** The authority behind the certificates of its IoT broker and of enrolled agents. */
  iotAuthority: string;
  logFile: string;
  /** What it lacks and what was patched, a line each. */
  notes: string[];
  stop(): Promise<void>;
}

const startSeconds = 60;
const stopSeconds = 20;
/** Agents are always told this port of the IoT endpoint. */
const mqttPort = 8883;

/**
 * Installs the emulator into `.kerf/emulator/venv` when it is not there, and starts it with its state in `dataDir`.
 * @throws when Python, a port or the registry is missing, saying what to do
 */
export async function startEmulator(root: string, dataDir: string, port: number): Promise<RunningEmulator> {
  for (const each of [port, mqttPort])
    if (await portIsTaken(each))
      throw new Error(
        `Port ${each} is taken. Stop what listens there (an emulator that still runs?) and start again.`,
      );
  const python = join(virtualEnvironment(join(root, '.kerf', 'emulator', 'venv'), packages), 'python');
  const folder = (name: string) => join(dataDir, name);
  for (const name of ['state', 's3', 'tmp']) mkdirSync(folder(name), { recursive: true });
  // Functions are unpacked below; this keeps the package.json of the repository from making ES modules of the worker's files,
  // while the AWS SDK that Lambda brings is found in the repository's node_modules.
  writeFileSync(join(folder('tmp'), 'package.json'), '{}\n');

  const logFile = folder('emulator.log');
  const log = createWriteStream(logFile);
  const child = spawn(python, [join(import.meta.dirname, 'serve.py')], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      TMPDIR: folder('tmp'),
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      // An address instead of a name makes the SDK put the bucket into the path.
      MINISTACK_HOST: '127.0.0.1',
      IOT_MTLS_PORT: String(mqttPort),
      SFTP_ENABLED: '0',
      PERSIST_STATE: '1',
      S3_PERSIST: '1',
      STATE_DIR: folder('state'),
      S3_DATA_DIR: folder('s3'),
    },
  });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  let ended = false;
  child.once('exit', () => (ended = true));
  const stop = async () => {
    signal(child.pid, 'SIGTERM');
    const deadline = Date.now() + stopSeconds * 1000;
    while (!ended && Date.now() < deadline) await delay(50);
    // Now and then it hangs after it has saved its state; its workers are in its process group.
    signal(child.pid && -child.pid, 'SIGKILL');
  };

  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + startSeconds * 1000;
  while (!(await answers(`${url}/_ministack/health`))) {
    if (!ended && Date.now() < deadline) {
      await delay(200);
      continue;
    }
    await stop();
    throw new Error(`The emulator did not start. Its last words (${logFile}):\n${lastLines(logFile)}`);
  }
  const authority = await fetch(`${url}/_ministack/iot/ca.pem`);
  const iotAuthority = folder('iot-authority.pem');
  writeFileSync(iotAuthority, await authority.text());
  const notes = readFileSync(logFile, 'utf8').match(/^(lacking|patched): .*$/gm) ?? [];
  return { url, iotAuthority, logFile, notes: [...notes], stop };
}

function signal(pid: number | undefined, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

const lastLines = (file: string): string =>
  readFileSync(file, 'utf8').trim().split('\n').slice(-15).join('\n');
