import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCloud } from '#local/cloud.ts';
import type { RunningAgent } from './walk/farm.ts';
import { templateNames } from '#domain/job/job.ts';
import { openInstance } from './walk/instance.ts';
import { openStage } from './walk/stage.ts';
import { walksWith } from './walk/walks.ts';

const usage = `Usage: npm run demo -- [--model FILE.stl] [--template ${templateNames.join('|')}]`;
const { values } = parseArgs({
  options: { model: { type: 'string' }, template: { type: 'string' } },
});
const root = join(import.meta.dirname, '..');
const path = values.model ?? join(root, 'tests', 'models', 'sound', 'bracket.stl');
const wanted =
  values.template === undefined ? templateNames : templateNames.filter((name) => name === values.template);
if (wanted.length === 0) stopWith(2, `There is no template "${values.template}". ${usage}`);

/** Prints compare well at this speed: hours pass in seconds. */
const printSpeed = 3000;

const began = Date.now();
const dataDir = mkdtempSync(join(tmpdir(), 'kerf-demo-'));
const model = { name: basename(path), content: readModel(path) };
const cloud = await startCloud({ dataDir, port: 0, root });
let agent: RunningAgent | undefined;
let status = 1;
const walks = walksWith(model);
try {
  const stage = await openStage(await openInstance(cloud.url), report, {
    dataDir: join(dataDir, 'agent'),
    speed: printSpeed,
    onAgent: (running) => (agent = running),
  });
  status = 0;
  for (const name of wanted) {
    console.log(`\n${name}`);
    const end = await walks[name](stage);
    if ('refused' in end) {
      console.log(`\n${model.name} can not be made as it is:`);
      for (const problem of end.refused) console.log(`  - ${problem}`);
      status = 3;
      break;
    }
    console.log(`delivered ${end.number} in ${seconds()} s`);
  }
} catch (error) {
  status = 1;
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
