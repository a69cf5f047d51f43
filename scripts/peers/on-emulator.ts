import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { emptyBuckets } from '../deploy/empty-buckets.ts';
import { deployToEmulator, emulatorStage, type Deployment } from '../emulator/deployment.ts';
import type { RunningAgent } from '../walk/farm.ts';
import { openInstance } from '../walk/instance.ts';
import type { ModelFile } from '../walk/request.ts';
import { openStage, type Report } from '../walk/stage.ts';
import { walksWith } from '../walk/walks.ts';
import { aftermath } from './aftermath.ts';
import { leftovers } from './leftovers.ts';
import { matrixOn } from './matrix.ts';
import { probe } from './probes.ts';
import { verdict, type Verdict } from './verdict.ts';

/** The walk of a bespoke piece waits 31 days for an offer to expire, and nobody can move the emulator's clock. */
const walked = ['fabrication', 'order', 'repair'] as const;
/** A job of each walk, and the order that is declined before another one is placed. */
const jobs = walked.length + 1;

/** Deploys the stacks to an emulator that starts empty, walks jobs to delivered and paid there, and takes the stacks down again. */
export async function peersOnEmulator(options: {
  root: string;
  dataDir: string;
  port: number;
  model: ModelFile;
  printSpeed: number;
  report: Report;
}): Promise<Verdict[]> {
  const { root, dataDir, port, model, printSpeed, report } = options;
  rmSync(join(dataDir, 'emulator'), { recursive: true, force: true });
  rmSync(join(dataDir, 'agent'), { recursive: true, force: true });
  const deployment = await deployToEmulator({ root, dataDir: join(dataDir, 'emulator'), port, report });
  let agent: RunningAgent | undefined;
  try {
    const stage = await openStage({ ...(await openInstance(deployment.url)), realTime: true }, report, {
      dataDir: join(dataDir, 'agent'),
      speed: printSpeed,
      onAgent: (running) => (agent = running),
    });
    const walks = walksWith(model);
    for (const name of walked) {
      report(name);
      const end = await walks[name](stage);
      if ('refused' in end) throw new Error(`${model.name} was refused: ${end.refused.join(' ')}`);
      report('delivered and paid', end.number);
    }
    const after = await aftermath(deployment, jobs);
    const probed = await probe(deployment, stage);
    await agent?.stop();
    report('asking the isolation matrix');
    const { url, client } = deployment;
    const matrix = await matrixOn({ url, client, stage: emulatorStage }, root, dataDir);
    report('deploying the same again');
    const again = await toldBy(deployment.deployAgain());
    report('taking it down');
    const down = await toldBy(takeDown(deployment));
    return [
      ...after,
      ...probed,
      ...matrix,
      verdict('deploying the same again touches nothing', again.length === 0, again.slice(0, 3).join('\n')),
      verdict('taken down, nothing is left', down.length === 0, down.join(', ')),
    ];
  } finally {
    await agent?.stop();
    await deployment.stop();
  }
}

async function takeDown(deployment: Deployment): Promise<string[]> {
  await emptyBuckets(deployment.client, `kerf-${emulatorStage}-`);
  await deployment.destroy();
  return leftovers(deployment.client, emulatorStage);
}

/** A refusal is as much of an answer here as a list of what is wrong. */
const toldBy = (work: Promise<string[]>): Promise<string[]> =>
  work.catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
