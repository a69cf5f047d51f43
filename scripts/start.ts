import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCloud } from '#local/cloud.ts';
import { LayoutError } from '#local/engine/store.ts';
import { buildPages } from './build-pages.ts';
import { demoLogin, demoOperator, seedDemoShop, type DemoShop } from './seed-demo-shop.ts';
import { runAgent } from './walk/farm.ts';

const usage = 'Usage: npm start -- [--port 4300] [--data .kerf] [--fresh] [--empty]';
const root = join(import.meta.dirname, '..');
const options = readOptions();
const dataDir = options.data;
const began = Date.now();

if (options.fresh) rmSync(dataDir, { recursive: true, force: true });
await buildPages(root);
const cloud = await startCloud({
  dataDir,
  root,
  ...(options.port === undefined ? {} : { port: options.port }),
}).catch((error: unknown) => {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const words = taken
    ? `A port is taken: ${error.message}. Choose another with: npm start -- --port 4400`
    : error instanceof LayoutError
      ? error.message
      : error;
  console.error(words);
  process.exit(1);
});
const agentDir = join(dataDir, 'agent');
const demo = options.empty ? undefined : await seedDemoShop(cloud, agentDir);
const agent = existsSync(join(agentDir, 'identity.json')) ? runAgent(agentDir, { speed: 60 }) : undefined;

console.log(greeting(cloud.url, demo));

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  await agent?.stop();
  await cloud.stop();
  process.exit(0);
};
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());

function greeting(url: string, shop: DemoShop | undefined): string {
  const lines = [
    '',
    `  Kerf is up (${((Date.now() - began) / 1000).toFixed(1)} s). Ctrl-C stops it; everything is kept in ${dataDir}.`,
    '',
    `  Back office       ${url}/`,
  ];
  if (shop)
    lines.push(
      `                    sign in as ${demoLogin.email} with ${demoLogin.password}`,
      `  Customer portal   ${url}/p/${shop.slug}`,
      `  Platform console  ${url}/console`,
      `                    sign in as ${demoOperator.email} with ${demoOperator.password}`,
    );
  lines.push(
    `  Mailbox           ${url}/_local/mail   (codes and links arrive here)`,
    `  API document      ${url}/v1/openapi.json`,
    '',
  );
  return lines.join('\n');
}

function readOptions(): { port: number | undefined; data: string; fresh: boolean; empty: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        fresh: { type: 'boolean' },
        empty: { type: 'boolean' },
      },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_000))
      throw new Error(`--port must be a number from 0 to 65000, not "${values.port}".`);
    return {
      port,
      data: values.data ?? join(root, '.kerf'),
      fresh: values.fresh ?? false,
      empty: values.empty ?? false,
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
}
