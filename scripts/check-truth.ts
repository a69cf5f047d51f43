import { existsSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { MeshReport } from '#domain/geometry/report.ts';
import { checkFile } from '#lambdas/files/check-file.ts';
import { fileContent } from './file-content.ts';
import { root } from './steps.ts';

const { values } = parseArgs({
  options: { models: { type: 'string', default: join(root, 'tests', 'models') } },
});

/** One model and what an independent count over its coordinates' bits found. */
interface Known {
  file: string;
  truth?: {
    triangles: number;
    vertices: number;
    bbox_min: number[];
    bbox_max: number[];
    volume: number;
    area: number;
    open_edges: number;
    non_manifold_edges: number;
    non_manifold_unbalanced: number;
    inconsistent_edges: number;
    degenerate: number;
    duplicates: number;
    shells: number;
    non_finite: number;
    watertight: boolean;
  };
}

const relativeTolerance = 1e-6;

/** What differs between a report and the truth: counts exactly, sizes, area and volume by more than a millionth. */
function differences(report: MeshReport, truth: NonNullable<Known['truth']>): string[] {
  const counts: [string, unknown, unknown][] = [
    ['triangles', report.triangles, truth.triangles],
    ['vertices', report.vertices, truth.vertices],
    ['open edges', report.openEdges, truth.open_edges],
    ['non-manifold edges', report.nonManifoldEdges, truth.non_manifold_edges],
    ['unbalanced edges', report.unbalancedEdges, truth.non_manifold_unbalanced],
    ['inconsistent edges', report.inconsistentEdges, truth.inconsistent_edges],
    ['degenerate faces', report.degenerateFaces, truth.degenerate],
    ['duplicate faces', report.duplicateFaces, truth.duplicates],
    ['shells', report.shells, truth.shells],
    ['watertight', report.watertight, truth.watertight],
  ];
  const { min, max } = report.boundingBoxMm;
  const sizes: [string, number, number][] = [
    ['volume', report.volumeMm3, Math.abs(truth.volume)],
    ['area', report.areaMm2, truth.area],
    ...[...min, ...max].map((value, index): [string, number, number] => [
      'bounding box',
      value,
      [...truth.bbox_min, ...truth.bbox_max][index] ?? Number.NaN,
    ]),
  ];
  const wrong = [
    ...counts.filter(([, measured, known]) => measured !== known),
    ...sizes.filter(
      ([, measured, known]) =>
        !(Math.abs(measured - known) <= relativeTolerance * Math.max(Math.abs(known), 1e-9)),
    ),
  ];
  return wrong.map(([name, measured, known]) => `${name} ${String(measured)}, truth ${String(known)}`);
}

const list = join(values.models, 'truth.json');
if (!existsSync(list)) {
  console.error(`No truth.json in ${values.models}. Name the folder that holds it: --models DIR`);
  process.exit(2);
}
const known = JSON.parse(readFileSync(list, 'utf8')) as Known[];
let agreed = 0;
let differed = 0;
for (const { file, truth } of known) {
  const path = join(values.models, file);
  // Coordinates that are not numbers have no sums to compare.
  if (!truth || truth.non_finite > 0 || !existsSync(path)) continue;
  const { size } = await stat(path);
  const { report } = await checkFile(fileContent(path), { totalBytes: size, quick: true });
  const wrong =
    report.kind === 'mesh' ? differences(report, truth) : [`not read as a mesh: ${report.format}`];
  if (wrong.length === 0) agreed++;
  else {
    differed++;
    console.log(`${file}: ${wrong.join('; ')}`);
  }
}
console.log(`${agreed} files agree with the truth, ${differed} differ.`);
process.exitCode = differed === 0 ? 0 : 1;
