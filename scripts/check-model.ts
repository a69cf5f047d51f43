import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { GeometryReport, PointMm } from '#domain/geometry/report.ts';
import { formatBytes, formatCount } from '#domain/geometry/words.ts';
import { checkFile } from '#lambdas/files/check-file.ts';
import { fileContent } from './file-content.ts';
import { showProgress } from './progress.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});

if (positionals.length === 0) {
  console.error(
    'Usage: npm run check-model -- FILE... [--json] [--quick]\n' +
      'Prints what the geometry check finds: one report per file; with --json one JSON object per line, units in the field names.\n' +
      '--quick leaves out thin walls and overlapping bodies, which need the whole mesh in memory; above 4 million triangles\n' +
      'they are left out anyway.\n' +
      'Exit code: 0 every file could be read, 3 some were refused, 1 some could not be opened.',
  );
  process.exit(2);
}

/** Streams one file through the geometry check, as the cloud does with an upload. */
async function check(path: string): Promise<GeometryReport> {
  const { size } = await stat(path);
  const { report } = await checkFile(showProgress(path, size, fileContent(path)), {
    totalBytes: size,
    reopen: () => fileContent(path),
    quick: values.quick,
    hashed: false,
  });
  return report;
}

const mm = ([x, y, z]: PointMm) => `${x.toFixed(2)} x ${y.toFixed(2)} x ${z.toFixed(2)} mm`;

function measuresOf(report: GeometryReport): string[] {
  switch (report.kind) {
    case 'mesh':
      return report.triangles === 0
        ? []
        : [
            `box ${mm(report.boundingBoxMm.size)}, volume ${(report.volumeMm3 / 1000).toFixed(3)} cm3, area ${(report.areaMm2 / 100).toFixed(2)} cm2`,
            `${formatCount(report.triangles)} triangles, ${formatCount(report.vertices)} points, shells ${formatCount(report.shells)}, ${report.watertight ? 'watertight' : 'not watertight'}`,
          ];
    case 'drawing':
      return [
        `box ${mm(report.boundingBoxMm.size)}, cut length ${(report.cutLengthMm / 1000).toFixed(3)} m, pierces ${formatCount(report.pierces)}`,
      ];
    case 'attachment':
      return [];
  }
}

function describe(report: GeometryReport): string {
  return [
    `${report.verdict}: ${report.format}, ${formatBytes(report.bytes)}`,
    ...measuresOf(report),
    ...report.problems.map((problem) => `${problem.severity} ${problem.code}: ${problem.message}`),
  ].join('\n  ');
}

for (const path of positionals) {
  try {
    const report = await check(path);
    console.log(values.json ? JSON.stringify({ file: path, ...report }) : `${path}\n  ${describe(report)}`);
    if (report.verdict === 'refused') process.exitCode ||= 3;
  } catch (error) {
    console.error(`${path}: can not be read: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
