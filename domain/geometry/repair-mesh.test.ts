import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FileCheck, openStreamReader } from './file-check.ts';
import { repairMesh } from './repair-mesh.ts';
import { defaultLimits, type MeshReport } from './report.ts';
import { writeBinaryStl } from './stl-writer.ts';
import type { IndexedMesh } from './triangle-sink.ts';

const models = new URL('../../tests/models/', import.meta.url);

function readStl(bytes: Uint8Array): { mesh: IndexedMesh; report: MeshReport } {
  const context = { format: 'stl-binary', totalBytes: bytes.length, limits: defaultLimits } as const;
  const check = new FileCheck(context);
  const reader = openStreamReader(check.context)!;
  reader.push(bytes);
  const report = check.report(reader.finish(), bytes.length) as MeshReport;
  return { mesh: check.mesh()!, report };
}

function repaired(file: string) {
  const { mesh, report } = readStl(new Uint8Array(readFileSync(new URL(file, models))));
  const original = { positions: mesh.positions.slice(), triangles: mesh.triangles.slice() };
  const repair = repairMesh(mesh, report)!;
  expect(mesh).toEqual(original);
  return { before: report, ...repair };
}

describe('a repair', () => {
  it.each([
    ['broken/holes25.stl', { closedHoles: 25 }],
    ['broken/flipped40.stl', { turnedFaces: 40 }],
    ['broken/inside-out.stl', { turnedFaces: 1724 }],
    ['broken/duplicates100.stl', { removedFaces: 100 }],
    ['broken/jitter1e-5.stl', {}],
  ])('of %s gives the sound knob back and leaves the original alone', (file, steps) => {
    const { after, improves, steps: done } = repaired(file);
    const knob = readStl(new Uint8Array(readFileSync(new URL('sound/knob.stl', models)))).report;
    expect(done).toMatchObject(steps);
    expect(improves).toBe(true);
    expect(after).toMatchObject({
      openEdges: 0,
      inconsistentEdges: 0,
      watertight: true,
      insideOut: false,
      verdict: 'fine',
    });
    expect(after.volumeMm3 / knob.volumeMm3).toBeCloseTo(1, 4);
  });

  it('leaves a cavity a cavity', () => {
    const { after, before, steps, improves } = repaired('broken/cube-in-cube.stl');
    expect(steps.turnedFaces).toBe(0);
    expect(after.volumeMm3).toBe(before.volumeMm3);
    expect(improves).toBe(false);
  });

  it('leaves a wide opening open', () => {
    expect(repaired('broken/moebius.stl')).toMatchObject({ steps: { closedHoles: 0 } });
  });

  it('is written as an STL that reads back as the same mesh', () => {
    const { mesh, after } = repaired('broken/holes25.stl');
    const { verdict: _, problems: __, ...measures } = readStl(writeBinaryStl(mesh)).report;
    expect(after).toMatchObject(measures);
  });
});
