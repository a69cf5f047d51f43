import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import truthList from '#tests/models/truth.json' with { type: 'json' };
import { FileCheck, openStreamReader, refuseUnread, refuseUnsupported } from './file-check.ts';
import { defaultLimits, type GeometryReport, type MeshReport, type ProblemCode } from './report.ts';
import { sniff } from './sniff.ts';
import { processorTime } from '#tests/support/processor-time.ts';

const models = new URL('../../tests/models/', import.meta.url);
const read = (file: string) => new Uint8Array(readFileSync(new URL(file, models)));
const text = (content: string) => new TextEncoder().encode(content);

function checkInChunks(
  bytes: Uint8Array,
  cuts: readonly number[],
  options: { totalBytes?: number; limits?: typeof defaultLimits } = {},
): MeshReport {
  const { totalBytes = bytes.length, limits = defaultLimits } = options;
  const file = new FileCheck({ format: sniff(bytes.subarray(0, 4096), totalBytes), totalBytes, limits });
  const { format } = file.context;
  const refused = refuseUnread(format, totalBytes, limits);
  const reader = refused ? undefined : openStreamReader(file.context);
  const ends = [...cuts].sort((a, b) => a - b);
  let start = 0;
  for (const end of [...ends, bytes.length]) {
    reader?.push(bytes.subarray(start, end));
    start = end;
  }
  const report = reader
    ? file.report(reader.finish(), bytes.length)
    : file.refuse(refused ?? refuseUnsupported(format as Exclude<typeof format, 'unknown'>), bytes.length);
  return report as MeshReport;
}

const check = (bytes: Uint8Array, options = {}) => checkInChunks(bytes, [], options);
const codes = (report: GeometryReport) => report.problems.map((problem) => problem.code);

type Corner = readonly [number, number, number];
type Facet = readonly [Corner, Corner, Corner];

function binaryStl(triangles: readonly Facet[]): Uint8Array {
  const bytes = new Uint8Array(84 + 50 * triangles.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(80, triangles.length, true);
  triangles.forEach((corners, index) =>
    corners.flat().forEach((value, word) => view.setFloat32(84 + 50 * index + 12 + 4 * word, value, true)),
  );
  return bytes;
}

/**
 * A closed drum whose two hubs touch every facet of a cap. With the wall first the hubs get the highest ids and with them all
 * their edges; with the caps first the rim gets them.
 */
function drum(facets: number, order: 'caps first' | 'wall first'): Uint8Array {
  const rim = (step: number, z: number): Corner => {
    const angle = (2 * Math.PI * (step % facets)) / facets;
    return [50 * Math.cos(angle), 50 * Math.sin(angle), z];
  };
  const steps = Array.from({ length: facets }, (_, step) => step);
  const caps = steps.flatMap((step): Facet[] => [
    [[0, 0, 10], rim(step, 10), rim(step + 1, 10)],
    [[0, 0, 0], rim(step + 1, 0), rim(step, 0)],
  ]);
  const wall = steps.flatMap((step): Facet[] => [
    [rim(step, 0), rim(step + 1, 0), rim(step + 1, 10)],
    [rim(step, 0), rim(step + 1, 10), rim(step, 10)],
  ]);
  return binaryStl(order === 'caps first' ? [...caps, ...wall] : [...wall, ...caps]);
}

describe('the measures of a mesh', () => {
  it.each(truthList)(
    '$file: every count is the brute force count, volume and area within a millionth',
    ({ file, truth }) => {
      const report = check(read(file));
      expect({
        triangles: report.triangles,
        vertices: report.vertices,
        open_edges: report.openEdges,
        non_manifold_edges: report.nonManifoldEdges,
        non_manifold_unbalanced: report.unbalancedEdges,
        inconsistent_edges: report.inconsistentEdges,
        degenerate: report.degenerateFaces,
        duplicates: report.duplicateFaces,
        shells: report.shells,
        watertight: report.watertight,
      }).toEqual({
        triangles: truth.triangles,
        vertices: truth.vertices,
        open_edges: truth.open_edges,
        non_manifold_edges: truth.non_manifold_edges,
        non_manifold_unbalanced: truth.non_manifold_unbalanced,
        inconsistent_edges: truth.inconsistent_edges,
        degenerate: truth.degenerate,
        duplicates: truth.duplicates,
        shells: truth.shells,
        watertight: truth.watertight,
      });
      const near = (measured: number, known: number) =>
        expect(Math.abs(measured - known)).toBeLessThanOrEqual(1e-6 * Math.abs(known));
      near(report.volumeMm3, Math.abs(truth.volume));
      near(report.areaMm2, truth.area);
      for (const axis of [0, 1, 2]) {
        near(report.boundingBoxMm.min[axis]!, truth.bbox_min[axis]!);
        near(report.boundingBoxMm.max[axis]!, truth.bbox_max[axis]!);
      }
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    },
  );

  it.each(['caps first', 'wall first'] as const)(
    'survives a vertex with 100 000 edges within seconds, %s',
    (order) => {
      const bytes = drum(100_000, order);
      const spent = processorTime();
      const report = check(bytes);
      expect(spent()).toBeLessThan(10_000);
      expect(report).toMatchObject({
        triangles: 400_000,
        vertices: 200_002,
        openEdges: 0,
        shells: 1,
        watertight: true,
        verdict: 'fine',
      });
    },
  );

  it('stays exact far from the origin', () => {
    const at = (x: number, y: number, z: number): Corner => [1_000_000 + x, -1_000_000 + y, z];
    const corner = [at(0, 0, 0), at(8, 0, 0), at(0, 8, 0), at(0, 0, 8)] as const;
    const tetrahedron = binaryStl([
      [corner[0], corner[2], corner[1]],
      [corner[0], corner[1], corner[3]],
      [corner[0], corner[3], corner[2]],
      [corner[1], corner[2], corner[3]],
    ]);
    expect(check(tetrahedron).volumeMm3).toBeCloseTo(512 / 6, 9);
  });

  it('counts more than 65 535 faces on one edge without losing the count of others', () => {
    const pages = Array.from({ length: 70_000 }, (_, page): Facet => [
      [0, 0, 0],
      [0, 0, 10],
      [1 + page, 1, 0],
    ]);
    expect(check(binaryStl(pages))).toMatchObject({
      nonManifoldEdges: 1,
      unbalancedEdges: 1,
      openEdges: 140_000,
      verdict: 'needs_repair',
    });
  });

  it('finds a face repeated in a shell of two faces', () => {
    const [a, b, c]: Corner[] = [
      [0, 0, 0],
      [10, 0, 0],
      [0, 10, 0],
    ] as Corner[];
    expect(
      check(
        binaryStl([
          [a!, b!, c!],
          [a!, c!, b!],
        ]),
      ),
    ).toMatchObject({ duplicateFaces: 1, openEdges: 0 });
  });
});

describe('a stream of chunks', () => {
  const cube = read('sound/calib-cube20.stl');
  const triangle = text(
    'solid t\r\nfacet normal 0 0 1\n\touter loop\n vertex 0 0 0\nVERTEX +1.5e1 0 -0.0\rvertex 0 15 1E1\nendloop\nendfacet\nendsolid t\n',
  );

  it.each([
    ['binary', cube],
    ['ASCII', triangle],
    ['cut off binary', cube.subarray(0, 300)],
    ['cut off ASCII', triangle.subarray(0, 70)],
  ])('gives the same report wherever a %s file is cut', (_, bytes) => {
    const whole = check(bytes);
    for (let cut = 0; cut <= bytes.length; cut++) expect(checkInChunks(bytes, [cut])).toEqual(whole);
  });

  it('gives the same report for any set of cuts', () => {
    const files = [
      read('broken/ascii-upper-noend.stl').subarray(0, 20_000),
      read('broken/holes25.stl').subarray(0, 8084),
      triangle,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }),
        (bytes, shares) => {
          const cuts = shares.map((share) => Math.floor(share * bytes.length));
          expect(checkInChunks(bytes, cuts)).toEqual(check(bytes));
        },
      ),
    );
  });

  it('never throws and never reports a number that is not finite, whatever the bytes', () => {
    const anyBytes = fc.uint8Array({ maxLength: 600 });
    const anyText = fc
      .array(
        fc.constantFrom(
          'solid',
          'facet',
          'vertex',
          'endfacet',
          'endsolid',
          '1',
          '-2e3',
          '1e39',
          'nan',
          '1,5',
          '\n',
          'x',
        ),
        { maxLength: 60 },
      )
      .map((words) => text(`solid facet ${words.join(' ')}`));
    const withStlHeader = anyBytes.map((bytes) => Uint8Array.from([...new Uint8Array(84), ...bytes]));
    fc.assert(
      fc.property(fc.oneof(anyBytes, anyText, withStlHeader), (bytes) => {
        const report = check(bytes);
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      }),
    );
  });
});

describe('refusals', () => {
  const facets = (corners: string) =>
    text(`solid t\nfacet normal 0 0 1\nouter loop\n${corners}\nendloop\nendfacet\nendsolid t\n`);

  it.each<[string, ProblemCode, string, () => GeometryReport]>([
    [
      'an empty file',
      'empty_file',
      'This file is empty (0 bytes).',
      () => check(read('broken/zero-length.stl')),
    ],
    [
      'random bytes',
      'not_a_model',
      'This does not look like a 3D model',
      () => check(read('broken/random-bytes.stl')),
    ],
    ['numbers that are none', 'non_finite', '2 of 1,724 triangles', () => check(read('broken/nan-inf.stl'))],
    [
      'decimal commas',
      'non_finite',
      '1 of 1 triangle ',
      () => check(facets('vertex 0,5 0 0\nvertex 1 0 0\nvertex 0 1 0')),
    ],
    [
      'a cut off binary file',
      'truncated',
      '1,724 triangles but only 1,148 are there',
      () => check(read('broken/truncated.stl')),
    ],
    ['a cut off text', 'truncated', 'after 861 triangles', () => check(read('broken/ascii-truncated.stl'))],
    [
      'an upload that broke off',
      'truncated',
      'Only 684 of 1,000 bytes arrived',
      () => check(read('sound/calib-cube20.stl'), { totalBytes: 1000 }),
    ],
    [
      'a model without triangles',
      'no_triangles',
      'holds no triangles',
      () => check(text('solid Empty\nendsolid Empty')),
    ],
    [
      'a facet with two corners',
      'malformed',
      '1 facet of this file does not have',
      () => check(facets('vertex 0 0 0\nvertex 1 0 0')),
    ],
    [
      'a facet with four corners',
      'malformed',
      'exactly three corners',
      () => check(facets('vertex 0 0 0\nvertex 1 0 0\nvertex 1 1 0\nvertex 0 1 0')),
    ],
    [
      'a model of kilometres',
      'extent_implausible',
      '2,000,000 mm long',
      () => check(facets('vertex 0 0 0\nvertex 2e6 0 0\nvertex 0 1 0')),
    ],
    [
      'a file of another kind',
      'unsupported_format',
      'a STEP file',
      () => check(text('ISO-10303-21;\nHEADER;')),
    ],
    ['a file of no known kind', 'unknown_format', 'STL, OBJ, PLY, 3MF', () => check(text('Dear shop'))],
    [
      'too many bytes',
      'too_large',
      'This file has 684 bytes; the most we can check is 600 bytes',
      () => check(read('sound/calib-cube20.stl'), { limits: { ...defaultLimits, bytes: 600 } }),
    ],
    [
      'too many triangles',
      'too_many_triangles',
      'more than 11 triangles',
      () => check(read('sound/calib-cube20.stl'), { limits: { ...defaultLimits, triangles: 11 } }),
    ],
    [
      'too many loose triangles',
      'too_complex',
      'more than 1,000 points',
      () => check(read('broken/jitter1e-5.stl'), { limits: { ...defaultLimits, vertices: 1000 } }),
    ],
  ])('%s is refused with the reason in plain words', (_, code, words, run) => {
    const report = run();
    expect(report.verdict).toBe('refused');
    expect(codes(report)).toEqual([code]);
    expect(report.problems[0]!.message).toContain(words);
  });
});

describe('the verdict', () => {
  it.each<[string, GeometryReport['verdict'], ProblemCode[]]>([
    ['sound/calib-cube20.stl', 'fine', []],
    ['broken/ascii-crlf-tabs.stl', 'fine', []],
    ['broken/ascii-upper-noend.stl', 'fine', ['missing_end']],
    ['broken/solid-header-binary.stl', 'fine', []],
    ['broken/wrong-ext-is-stl.3mf', 'fine', []],
    ['broken/neg-zero.stl', 'fine', []],
    ['broken/trailing-garbage.stl', 'fine', ['spare_bytes']],
    ['broken/cubes-share-vertex.stl', 'fine', []],
    ['broken/cubes-share-edge.stl', 'warning', ['non_manifold_edges']],
    ['broken/count-huge.stl', 'warning', ['wrong_count']],
    ['broken/count-zero.stl', 'warning', ['wrong_count']],
    ['broken/jitter1e-5.stl', 'warning', ['edges_joined']],
    ['broken/inside-out.stl', 'warning', ['inside_out']],
    ['broken/holes25.stl', 'needs_repair', ['open_edges']],
    ['broken/ascii-cr-only.stl', 'needs_repair', ['open_edges']],
    ['broken/flipped40.stl', 'needs_repair', ['inconsistent_winding']],
    [
      'broken/duplicates100.stl',
      'needs_repair',
      ['unbalanced_edges', 'non_manifold_edges', 'duplicate_faces'],
    ],
    ['broken/moebius.stl', 'needs_repair', ['open_edges', 'inconsistent_winding']],
  ])('of %s is %s', (file, verdict, expected) => {
    const report = check(read(file));
    expect(report.verdict).toBe(verdict);
    expect(codes(report)).toEqual(expected);
  });

  it('quotes the number of open edges, what it means, what to do, and places on the part', () => {
    const [problem] = check(read('broken/holes25.stl')).problems;
    expect(problem).toMatchObject({
      count: 75,
      message:
        'This file has 75 open edges: it is not a closed solid. Close the holes in your CAD program or send a repaired file.',
    });
    expect(problem!.places!.flat(2).every((coordinate) => Math.abs(coordinate) <= 18)).toBe(true);
  });

  it('doubts the unit of a part of at most 5 mm', () => {
    const box = check(
      binaryStl([
        [
          [0, 0, 0],
          [0, 5, 0],
          [5, 0, 0],
        ],
      ]),
    );
    expect(codes(box)).toContain('units_doubt');
    expect(box.problems.find(({ code }) => code === 'units_doubt')!.message).toContain(
      'this looks like inches, which would make it 127 mm',
    );
    expect(box.proposedUnit).toBe('inch');
  });
});
