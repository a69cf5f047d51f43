import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layerTable } from '#domain/estimate/layer-table.ts';
import { standardSettings } from '#domain/estimate/print-settings.ts';
import { checkFile } from '#lambdas/files/check-file.ts';
import { readFile } from 'node:fs/promises';
import { writeBinaryTori } from './made-models.ts';

const grid = { around: 316, across: 158 };
const rounds = 30;

/** Processor milliseconds that cutting 100,000 triangles into layers takes warm, at the least and in the middle, and the quick check of them. */
export async function sweepRow(folder = join(tmpdir(), 'kerf-bench-models')): Promise<string> {
  const path = join(folder, '5-MB.stl');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(path)) await writeBinaryTori(path, grid, 'as it grows');
  const content = await readFile(path);
  const check = () =>
    checkFile(
      (async function* () {
        yield await Promise.resolve(content);
      })(),
      { totalBytes: content.length, keepMesh: true, quick: true },
    );
  const { mesh } = await check();
  if (!mesh) throw new Error(`${path} holds no mesh`);
  const sweeps = [];
  const checks = [];
  for (let round = 0; round < rounds; round++) {
    sweeps.push(await cpuMs(() => layerTable(mesh, standardSettings)));
    checks.push(await cpuMs(check));
  }
  const [least, median] = leastAndMedian(sweeps);
  const [leastCheck] = leastAndMedian(checks);
  return (
    `sweep 100k triangles: ${least.toFixed(0)} ms of the processor at the least, ${median.toFixed(0)} ms in the middle of ${rounds} runs; ` +
    `${(least / leastCheck).toFixed(1)} times what their quick check takes (${leastCheck.toFixed(0)} ms)`
  );
}

async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function leastAndMedian(values: readonly number[]): [number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  return [sorted[0]!, sorted[Math.floor(sorted.length / 2)]!];
}
