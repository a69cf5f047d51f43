import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCloud } from '#local/cloud.ts';
import type { RunningAgent } from './walk/farm.ts';
import { walkFabrication } from './walk/fabrication.ts';
import { openInstance } from './walk/instance.ts';

const usage = 'Usage: npm run demo -- --model FILE.stl [--template fabrication]';
const { values } = parseArgs({
  options: { model: { type: 'string' }, template: { type: 'string', default: 'fabrication' } },
});
const root = join(import.meta.dirname, '..');
const path = values.model ?? join(root, 'tests', 'models', 'sound', 'bracket.stl');
if (values.template !== 'fabrication') stopWith(2, `There is no template "${values.template}". ${usage}`);

/** Prints compare well at this speed: hours pass in seconds. */
const printSpeed = 3000;

const began = Date.now();
const dataDir = mkdtempSync(join(tmpdir(), 'kerf-demo-'));
const model = { name: basename(path), content: readModel(path) };
const cloud = await startCloud({ dataDir, port: 0, root });
let agent: RunningAgent | undefined;
let status = 1;
try {
  const end = await walkFabrication(await openInstance(cloud.url), model, report, {
    dataDir: join(dataDir, 'agent'),
    speed: printSpeed,
    onAgent: (running) => (agent = running),
  });
  if ('refused' in end) {
    console.log(`\n${model.name} can not be made as it is:`);
    for (const problem of end.refused) console.log(`  - ${problem}`);
    status = 3;
  } else {
    console.log(`delivered ${end.delivered.number} in ${seconds()} s`);
    status = 0;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  await agent?.stop();
  await cloud.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(status);

function report(stage: string, figures = ''): void {
  console.log(`${seconds().padStart(6)} s  ${stage.padEnd(28)}${figures}`);
}

function seconds(): string {
  return ((Date.now() - began) / 1000).toFixed(1);
}

function readModel(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    return stopWith(2, `Can not read ${file}. ${usage}`);
  }
}

function stopWith(code: number, message: string): never {
  console.error(message);
  process.exit(code);
}
