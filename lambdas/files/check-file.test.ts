import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultLimits, type MeshReport, type ProblemCode } from '#domain/geometry/report.ts';
import { rescaleReport } from '#domain/geometry/rescale-report.ts';
import { writeBinaryStl } from '#domain/geometry/stl-writer.ts';
import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import {
  as3mf,
  asAsciiPly,
  asBinaryPly,
  asObj,
  threeMfMesh,
  threeMfModel,
} from '#tests/support/mesh-files.ts';
import { checkFile, type CheckFileOptions } from './check-file.ts';
import { processorTime } from '#tests/support/processor-time.ts';

const models = new URL('../../tests/models/', import.meta.url);
const read = (file: string) => new Uint8Array(readFileSync(new URL(file, models)));

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

async function check(bytes: Uint8Array, options: Partial<CheckFileOptions> & { chunk?: number } = {}) {
  const { chunk = 65_536, ...rest } = options;
  const checked = await checkFile(chunks(bytes, chunk), { totalBytes: bytes.length, ...rest });
  return { ...checked, report: checked.report as MeshReport };
}

const codes = ({ problems }: MeshReport) => problems.map(({ code }) => code);

let knob: IndexedMesh;
let knobReport: MeshReport;
let cube: IndexedMesh;

beforeAll(async () => {
  const checked = await check(read('sound/knob.stl'), { keepMesh: true });
  knob = checked.mesh!;
  knobReport = checked.report;
  cube = (await check(read('sound/calib-cube20.stl'), { keepMesh: true })).mesh!;
});

describe('every mesh format', () => {
  it.each<[string, () => Uint8Array]>([
    ['OBJ', () => asObj(knob)],
    [
      'OBJ with negative numbers, normals and CR LF',
      () => asObj(knob, { negative: true, slashes: true, lineEnd: '\r\n' }),
    ],
    ['ASCII PLY', () => asAsciiPly(knob)],
    ['ASCII PLY with CR only', () => asAsciiPly(knob, '\r')],
    ['little-endian PLY', () => asBinaryPly(knob, true)],
    ['big-endian PLY with CR LF', () => asBinaryPly(knob, false, '\r\n')],
    ['3MF', () => as3mf(threeMfModel(knob))],
  ])('%s gives the measures of the STL of the same mesh, wherever the stream is cut', async (_, make) => {
    const bytes = make();
    for (const chunk of [7, 4096, 1 << 20]) {
      const { report, sha256 } = await check(bytes, { chunk });
      const { format: __, bytes: ___, unit: ____, walls: _____, ...measures } = knobReport;
      expect(report).toMatchObject({
        ...measures,
        volumeMm3: expect.closeTo(knobReport.volumeMm3, 6) as number,
        areaMm2: expect.closeTo(knobReport.areaMm2, 6) as number,
      });
      expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });

  it('cuts polygons into triangles and goes on after a backslash', async () => {
    const box = strToU8(
      'v 0 0 0\nv 9 0 0\nv 9 9 0\nv 0 9 0\nv 0 0 9\nv 9 0 9\nv 9 9 9\nv 0 9 9\n' +
        'f 4 3 2 1\nf 5 6 \\\r\n 7 8\nf 1 2 6 5\nf 2 3 7 6\nf 3 4 8 7\nf 4 1 5 8\nl 1 2\n',
    );
    expect((await check(box)).report).toMatchObject({
      format: 'obj',
      triangles: 12,
      volumeMm3: 729,
      watertight: true,
    });
  });

  it('keeps the mesh only when asked', async () => {
    expect((await check(read('sound/knob.stl'))).mesh).toBeUndefined();
    expect(knob.positions.length).toBe(3 * 864);
    expect(knob.triangles.length).toBe(3 * 1724);
  });
});

describe('3MF', () => {
  const item = (transform: string) => `<item objectid="1" transform="${transform}"/>`;

  it('takes the stated unit, without doubting it', async () => {
    const inches = new Float32Array(cube.positions.map((value) => value / 20));
    const { report } = await check(as3mf(threeMfModel({ ...cube, positions: inches }, 'unit="inch"')));
    expect(report).toMatchObject({ unit: { name: 'inch', source: 'stated' }, verdict: 'fine' });
    expect(report.boundingBoxMm.size).toEqual([25.4, 25.4, 25.4].map(Math.fround));
    expect(report.volumeMm3).toBeCloseTo(25.4 ** 3, 1);
  });

  it('builds components and items where their transforms put them, mirrors included, and leaves supports out', async () => {
    const model =
      `<model><resources><object id="1">${threeMfMesh(cube)}</object>` +
      '<object id="2"><components><component objectid="1"/><component objectid="1" transform="1 0 0 0 1 0 0 0 1 100 0 0"/></components></object>' +
      `<object id="3" type="support">${threeMfMesh(cube)}</object></resources>` +
      `<build><item objectid="2"/>${item('-2 0 0 0 1 0 0 0 1 0 200 0')}<item objectid="3"/></build></model>`;
    const { report } = await check(as3mf(model));
    expect(report).toMatchObject({
      triangles: 36,
      shells: 3,
      volumeMm3: 8000 * 4,
      insideOut: false,
      watertight: true,
    });
    expect(report.boundingBoxMm).toMatchObject({ min: [-40, 0, 0], max: [120, 220, 20] });
    expect(codes(report)).toEqual(['left_out']);
  });

  it('finds objects in other parts of the package', async () => {
    const model = '<model xmlns:p="x"><build><item objectid="1" p:path="/3D/other.model"/></build></model>';
    const bytes = as3mf(model, { '3D/other.model': strToU8(threeMfModel(cube)) });
    expect((await check(bytes)).report).toMatchObject({ triangles: 12, volumeMm3: 8000 });
  });

  const nested = (levels: number) =>
    Array.from(
      { length: levels },
      (_, level) =>
        `<object id="${level + 2}"><components>${`<component objectid="${level + 1}"/>`.repeat(10)}</components></object>`,
    ).join('');

  it.each<[string, ProblemCode, () => Uint8Array]>([
    ['a bomb', 'too_large', () => read('broken/zipbomb.3mf')],
    ['entities of its own', 'malformed', () => as3mf('<!DOCTYPE m [<!ENTITY a "b">]><model>&a;</model>')],
    ['deep nesting', 'malformed', () => as3mf('<model>' + '<a>'.repeat(100_000))],
    [
      'an object that holds itself',
      'malformed',
      () =>
        as3mf(
          '<model><resources><object id="1"><components><component objectid="1"/></components></object></resources><build><item objectid="1"/></build></model>',
        ),
    ],
    [
      'components of components without end',
      'too_complex',
      () =>
        as3mf(
          `<model><resources><object id="1"/>${nested(14)}</resources><build><item objectid="15"/></build></model>`,
        ),
    ],
    [
      'a corner that is no point',
      'malformed',
      () => as3mf(threeMfModel({ ...cube, triangles: Int32Array.of(0, 1, 99) })),
    ],
    ['a unit of its own', 'malformed', () => as3mf(threeMfModel(cube, 'unit="cubit"'))],
    ['text after a cut', 'malformed', () => as3mf(threeMfModel(cube).slice(0, -40))],
    ['a cut archive', 'truncated', () => as3mf(threeMfModel(cube)).slice(0, -30)],
    ['no model inside', 'unsupported_content', () => zipSync({ '3D/nothing.txt': strToU8('x') })],
    [
      'a lattice of beams',
      'unsupported_content',
      () =>
        as3mf(
          threeMfModel(cube).replace('</mesh>', '<beamlattice><beam v1="0" v2="1"/></beamlattice></mesh>'),
        ),
    ],
  ])('with %s is refused in plain words', async (_, code, make) => {
    const spent = processorTime();
    const { report } = await check(make());
    expect(report.verdict).toBe('refused');
    expect(codes(report)).toEqual([code]);
    expect(spent()).toBeLessThan(20_000);
  });
});

describe('a damaged text or PLY', () => {
  const plyHead = (rows: string) => strToU8(`ply\nformat ascii 1.0\n${rows}\nend_header\n0 0 0\n`);
  const points = 'element vertex 1\nproperty float x\nproperty float y\nproperty float z';

  it.each<[string, ProblemCode, () => Uint8Array]>([
    [
      'OBJ with a corner that is no point',
      'malformed',
      () => strToU8('v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\nf 1 2 4\n'),
    ],
    ['OBJ with a corner 0', 'malformed', () => strToU8('v 0 0 0\nv 1 0 0\nv 0 1 0\nf 0 1 2\n')],
    ['OBJ without faces', 'no_triangles', () => strToU8('v 0 0 0\nv 1 0 0\n')],
    [
      'PLY that promises more points than any file',
      'too_complex',
      () => plyHead(points.replace('1', '99999999')),
    ],
    ['PLY that promises more than it holds', 'truncated', () => plyHead(points.replace('1', '5'))],
    ['PLY of rows without columns', 'no_triangles', () => plyHead(`${points}\nelement face 4000000000`)],
    [
      'PLY with a strange format',
      'malformed',
      () => strToU8('ply\nformat binary_middle_endian 1.0\nend_header\n'),
    ],
    ['PLY without coordinates', 'malformed', () => plyHead('element vertex 1\nproperty float x')],
    ['PLY whose header does not end', 'truncated', () => strToU8('ply\nformat ascii 1.0\n')],
    ['PLY cut off', 'truncated', () => asBinaryPly(cube, true).slice(0, -5)],
  ])('%s is refused in plain words', async (_, code, make) => {
    const { report } = await check(make());
    expect(report.verdict).toBe('refused');
    expect(codes(report)).toEqual([code]);
  });
});

describe('a closer look', () => {
  it('tells walls that are too thin, how fine it looked, and where', async () => {
    const half = (await check(read('sound/thin-tube.stl'), { keepMesh: true })).mesh!;
    const thin = { ...half, positions: half.positions.map((value) => value / 2) };
    const { report } = await check(asObj(thin));
    expect(report.walls!.thinnestMm).toBeCloseTo(0.4, 2);
    const problem = report.problems.find(({ code }) => code === 'thin_walls')!;
    expect(problem.message).toMatch(
      /^Walls are as thin as 0\.399\d mm; .* 2,000 points about 1\.18\d mm apart/,
    );
    for (const [from, to] of problem.places!)
      expect(Math.hypot(...from!.map((value, axis) => value - to![axis]!))).toBeLessThan(0.8);
  });

  it.each([
    ['broken/cubes-overlap.stl', true],
    ['broken/cube-in-cube.stl', false],
    ['broken/cubes-share-vertex.stl', false],
  ])('of bodies in %s finds that they overlap: %s', async (file, overlap) => {
    expect(codes((await check(read(file))).report).includes('overlapping_shells')).toBe(overlap);
  });

  it('is left out when a quick check is asked for', async () => {
    const { report } = await check(read('broken/cubes-overlap.stl'), { quick: true });
    expect(codes(report)).toEqual([]);
    expect(report.walls).toBeUndefined();
  });
});

describe('another unit', () => {
  it('gives the same report as the file with its numbers in that unit', async () => {
    const small = { ...knob, positions: knob.positions.map((value) => value / 32) };
    const { report } = await check(asObj(small));
    expect(report).toMatchObject({ proposedUnit: 'inch', unit: { name: 'mm', source: 'assumed' } });
    expect(codes(report)).toContain('units_doubt');
    const rescaled = rescaleReport(report, 'inch') as MeshReport;
    const direct = (await check(asObj({ ...small, positions: small.positions.map((value) => value * 25.4) })))
      .report;
    expect(rescaled).toMatchObject({ unit: { name: 'inch', source: 'chosen' }, verdict: direct.verdict });
    expect(codes(rescaled)).toEqual(codes(direct));
    expect(rescaled.proposedUnit).toBeUndefined();
    expect(rescaled.volumeMm3 / direct.volumeMm3).toBeCloseTo(1, 5);
    expect(rescaled.areaMm2 / direct.areaMm2).toBeCloseTo(1, 5);
    expect(rescaled.walls!.thinnestMm / direct.walls!.thinnestMm).toBeCloseTo(1, 3);
  });
});

/** A square plate as two grids of points, `cells` a side, joined along the rim. */
function plate(cells: number, sideMm: number, thickMm: number): IndexedMesh {
  const across = cells + 1;
  const positions = new Float32Array(2 * across * across * 3);
  for (let point = 0; point < 2 * across * across; point++) {
    const [i, j] = [point % across, Math.floor(point / across) % across];
    positions.set(
      [(i * sideMm) / cells, (j * sideMm) / cells, point < across * across ? 0 : thickMm],
      point * 3,
    );
  }
  const triangles = new Int32Array(3 * (4 * cells * cells + 8 * cells));
  let at = 0;
  const quad = (a: number, b: number, c: number, d: number) => {
    triangles.set([a, b, c, a, c, d], at);
    at += 6;
  };
  const top = across * across;
  for (let j = 0; j < cells; j++) {
    for (let i = 0; i < cells; i++) {
      const corner = j * across + i;
      quad(corner, corner + across, corner + across + 1, corner + 1);
      quad(top + corner, top + corner + 1, top + corner + across + 1, top + corner + across);
    }
  }
  const wall = (from: number, to: number) => quad(from, to, top + to, top + from);
  for (let i = 0; i < cells; i++) {
    const [left, right] = [i * across, i * across + cells];
    const far = cells * across + i;
    wall(i, i + 1);
    wall(right, right + across);
    wall(far + 1, far);
    wall(left + across, left);
  }
  return { positions, triangles };
}

describe('a large mesh', () => {
  const manyLimits = { ...defaultLimits, triangles: 3_000 };

  it('of more than a million triangles is looked at closely too', async () => {
    const { report } = await check(writeBinaryStl(plate(520, 100, 0.5)), { chunk: 1 << 20 });
    expect(report.triangles).toBeGreaterThan(1_050_000);
    expect(report.watertight).toBe(true);
    expect(codes(report)).toEqual(['thin_walls']);
    expect(report.walls!.thinnestMm).toBeCloseTo(0.5, 6);
  });

  it('that passes a limit is refused, and its hash is still that of all bytes', async () => {
    const bytes = read('sound/sphere40.stl');
    const { report, sha256 } = await check(bytes, { limits: manyLimits });
    expect(codes(report)).toEqual(['too_many_triangles']);
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});
