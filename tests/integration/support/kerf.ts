import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startCloud, type CloudOptions, type RunningCloud } from '#local/cloud.ts';
import { openInstance, type Instance } from '../../../scripts/walk/instance.ts';
import type { ModelFile } from '../../../scripts/walk/request.ts';

export const root = join(import.meta.dirname, '..', '..', '..');

/** A whole Kerf of this test file's own. */
export interface Kerf {
  cloud: RunningCloud;
  instance: Instance;
  dataDir: string;
  /** Stops everything and starts it again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Kerf on an empty folder and free ports. Expected refusals stay out of the test's output. */
export async function startKerf(
  options: Omit<CloudOptions, 'dataDir' | 'port' | 'root'> = {},
): Promise<Kerf> {
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
  const dataDir = mkdtempSync(join(tmpdir(), 'kerf-test-'));
  const start = () => startCloud({ dataDir, port: 0, root, onError: () => undefined, ...options });
  const cloud = await start();
  const kerf: Kerf = {
    cloud,
    instance: await openInstance(cloud.url),
    dataDir,
    async restart() {
      await kerf.cloud.stop();
      kerf.cloud = await start();
    },
    async stop() {
      await kerf.cloud.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return kerf;
}

/** A file of tests/models, for example `sound/calib-cube20.stl`. */
export function model(path: string, name = basename(path)): ModelFile {
  return { name, content: new Uint8Array(readFileSync(join(root, 'tests', 'models', path))) };
}

export const cube = (): ModelFile => model('sound/calib-cube20.stl');

export const days = (count: number): number => count * 86_400_000;
export const minutes = (count: number): number => count * 60_000;
