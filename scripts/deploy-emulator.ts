import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deployToEmulator } from './emulator/deployment.ts';
import { root } from './steps.ts';

const usage = `Usage: npm run deploy:emulator -- [--port 4564] [--fresh]
Deploys the stacks to an AWS emulator on this machine (needs the Python registry once) and keeps it running until Ctrl-C.`;

const options = readOptions();
const dataDir = join(root, '.kerf', 'emulator', 'state');
if (options.fresh) rmSync(dataDir, { recursive: true, force: true });
try {
  const deployment = await deployToEmulator({
    root,
    dataDir,
    port: options.port,
    report: (what, figures = '') => console.log(`  ${what.padEnd(28)}${figures}`),
  });
  console.log(`
  Kerf is deployed. Ctrl-C stops it; what it holds is kept in ${dataDir}.

  Back office       ${deployment.url}/
  Mails             ${deployment.url}/_local/mail.json
  AWS               ${deployment.emulator.url} (any credentials, region us-east-1)
  Its log           ${deployment.emulator.logFile}
`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void deployment.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function readOptions(): { port: number; fresh: boolean } {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, fresh: { type: 'boolean' } } });
    const port = Number(values.port ?? 4564);
    if (!(Number.isInteger(port) && port > 0 && port <= 65_000))
      throw new Error(`--port must be a number up to 65000, not "${values.port ?? ''}".`);
    return { port, fresh: values.fresh ?? false };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return process.exit(2);
  }
}
