import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { GeometryReport } from '#domain/geometry/report.ts';
import { sniff, sniffBytes } from '#domain/geometry/sniff.ts';
import { createStlCheck } from '#domain/geometry/stl-check.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});

if (positionals.length === 0) {
  console.error(
    'Usage: node scripts/check-model.ts FILE... [--json]\nExit code: 0 all measured, 3 some refused, 1 some not readable.',
  );
  process.exit(2);
}

/** Streams one file through the geometry check, as the cloud does with an upload. */
async function checkFile(path: string): Promise<GeometryReport> {
  const { size } = await stat(path);
  const handle = await open(path);
  const head = Buffer.alloc(Math.min(size, sniffBytes));
  await handle.read(head, 0, head.length, 0);
  await handle.close();
  const check = createStlCheck({ format: sniff(head, size), totalBytes: size });
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) check.push(chunk as Buffer);
  return check.finish();
}

function describe(report: GeometryReport): string {
  const [x, y, z] = report.boundingBoxMm.size.map((length) => length.toFixed(2));
  const lines = [`${report.verdict}: ${report.format}, ${report.bytes} bytes, ${report.triangles} triangles`];
  if (report.triangles > 0) {
    lines.push(
      `  box ${x} x ${y} x ${z} mm, volume ${(report.volumeMm3 / 1000).toFixed(3)} cm3, area ${(report.areaMm2 / 100).toFixed(2)} cm2, shells ${report.shells}`,
    );
  }
  for (const problem of report.problems)
    lines.push(`  ${problem.severity} ${problem.code}: ${problem.message}`);
  return lines.join('\n');
}

for (const path of positionals) {
  try {
    const report = await checkFile(path);
    console.log(values.json ? JSON.stringify({ file: path, ...report }) : `${path}\n  ${describe(report)}`);
    if (report.verdict === 'refused') process.exitCode ||= 3;
  } catch (error) {
    console.error(`${path}: can not be read: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
