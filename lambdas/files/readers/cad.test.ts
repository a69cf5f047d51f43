import createRhino from 'rhino3dm';
import { describe, expect, test } from 'vitest';
import { defaultLimits, type GeometryReport, type MeshReport } from '#domain/geometry/report.ts';
import { igesBox } from '#tests/support/iges-box.ts';
import { stepBoxes } from '#tests/support/step-box.ts';
import { checkFile } from '../check-file.ts';
import { unitOfIges, unitOfStep } from './step-iges.ts';

const near = (value: number, digits: number): unknown => expect.closeTo(value, digits);

async function reportOf(content: Uint8Array | string, limits = defaultLimits): Promise<GeometryReport> {
  const bytes = Buffer.from(content);
  async function* source() {
    for (let at = 0; at < bytes.length; at += 5000) yield bytes.subarray(at, at + 5000);
  }
  return (await checkFile(source(), { totalBytes: bytes.length, limits })).report;
}
const meshOf = async (content: Uint8Array | string) => (await reportOf(content)) as MeshReport;
const only = (report: GeometryReport) => ({ verdict: report.verdict, code: report.problems[0]?.code });

describe('STEP', () => {
  test('a box has the volume, area and size of its numbers, and is closed', async () => {
    expect(await meshOf(stepBoxes([{ size: [10, 20, 30] }]))).toMatchObject({
      kind: 'mesh',
      format: 'step',
      unit: { name: 'mm', source: 'stated' },
      volumeMm3: near(6000, 6),
      areaMm2: near(2200, 6),
      boundingBoxMm: { size: [10, 20, 30] },
      shells: 1,
      watertight: true,
      verdict: 'fine',
    });
  });

  test('inches are read as inches', async () => {
    expect(await meshOf(stepBoxes([{ size: [1, 1, 2] }], 'inch'))).toMatchObject({
      unit: { name: 'inch', source: 'stated' },
      volumeMm3: near(2 * 25.4 ** 3, 1),
    });
  });

  test('several solids of a file are several shells', async () => {
    const report = await meshOf(stepBoxes([{ size: [10, 10, 10] }, { size: [10, 10, 10], at: [20, 0, 0] }]));
    expect(report).toMatchObject({ shells: 2, volumeMm3: near(2000, 6) });
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['with nothing but its first line', () => 'ISO-10303-21;'],
    ['full of noise', (text: string) => text.replace(/#1\d\d=/g, '#=(')],
    ['without a body', (text: string) => text.replace(/#\d+=MANIFOLD[^;]*;/g, '')],
  ])('a file %s is refused in plain words', async (_, spoil) => {
    const report = await reportOf(spoil(stepBoxes([{ size: [10, 20, 30] }])));
    expect(report.verdict).toBe('refused');
    expect(report.problems[0]?.message).toMatch(/[a-z]{3}.*\./);
  });

  test('more triangles than allowed are a refusal', async () => {
    const report = await reportOf(stepBoxes([{ size: [1, 1, 1] }]), { ...defaultLimits, triangles: 5 });
    expect(only(report)).toEqual({ verdict: 'refused', code: 'too_many_triangles' });
  });

  test('the unit is told from its text', () => {
    const unit = (text: string) => unitOfStep(Buffer.from(text));
    expect(unit("#1=( CONVERSION_BASED_UNIT ( 'FOOT', #2 ) LENGTH_UNIT ( ) );")).toBe('foot');
    expect(unit('SI_UNIT ( $ , .METRE. )')).toBe('m');
    expect(unit('SI_UNIT(.CENTI.,.METRE.)')).toBe('cm');
    expect(unit('')).toBeUndefined();
  });
});

describe('IGES', () => {
  const globalSection = (flag: number) =>
    `${'start'.padEnd(72)}S      1\n${`1H,,1H;,4Hpart,8Hpart.igs,4HKerf,3H1.0,32,38,6,308,15,4Hpart,1.,${flag},`.padEnd(72)}G      1\n${'2HMM,1,0.01,15H20260101.000000,1E-6,100.,,,11,0;'.padEnd(72)}G      2\n`;

  test.each([
    [1, 'inch'],
    [2, 'mm'],
    [6, 'm'],
    [10, 'cm'],
    [77, undefined],
  ])('the unit flag %d of the global section means %s', (flag, unit) => {
    expect(unitOfIges(Buffer.from(globalSection(flag)))).toBe(unit);
  });

  test('a text with a comma in it does not shift the parameters', () => {
    const shifted = globalSection(1)
      .replace('4Hpart,8H', '9Hpart,b,c!,8H')
      .replace(/(.{72}).*G/, '$1G');
    expect(unitOfIges(Buffer.from(shifted))).toBe('inch');
  });

  test.each([
    ['mm', 1],
    ['inch', 25.4],
  ] as const)(
    'a box of surfaces in %s has the volume, area and size of its numbers, and is closed',
    async (unit, mm) => {
      expect(await meshOf(igesBox([1, 2, 3], unit))).toMatchObject({
        kind: 'mesh',
        format: 'iges',
        unit: { name: unit, source: 'stated' },
        volumeMm3: near(6 * mm ** 3, 1),
        areaMm2: near(22 * mm ** 2, 1),
        shells: 1,
        openEdgesAfterWeld: 0,
        insideOut: false,
      });
    },
  );

  test('a damaged file is refused in plain words', async () => {
    expect(only(await reportOf(globalSection(2)))).toMatchObject({ verdict: 'refused' });
  });
});

describe('3DM', () => {
  const rhino = createRhino();

  async function rhinoFile(
    unit: 'Millimeters' | 'Inches',
    fill: 'mesh' | 'brep' | 'both',
  ): Promise<Uint8Array> {
    const { File3dm, Mesh, Sphere, UnitSystem } = await rhino;
    const file = new File3dm();
    file.settings().modelUnitSystem = UnitSystem[unit];
    if (fill !== 'brep') {
      const mesh = new Mesh();
      for (const [x, y, z] of [
        [0, 0, 0],
        [10, 0, 0],
        [0, 10, 0],
        [0, 0, 10],
      ] as const)
        mesh.vertices().add(x, y, z);
      for (const [a, b, c] of [
        [0, 2, 1],
        [0, 1, 3],
        [1, 2, 3],
        [2, 0, 3],
      ] as const)
        mesh.faces().addTriFace(a, b, c);
      file.objects().addMesh(mesh, null as never);
    }
    if (fill !== 'mesh') file.objects().addBrep(new Sphere([0, 0, 0], 5).toBrep(), null as never);
    return file.toByteArray();
  }

  test('its stored meshes are measured in its unit', async () => {
    expect(await meshOf(await rhinoFile('Millimeters', 'mesh'))).toMatchObject({
      format: '3dm',
      unit: { name: 'mm', source: 'stated' },
      triangles: 4,
      volumeMm3: near(1000 / 6, 3),
      watertight: true,
    });
    expect(await meshOf(await rhinoFile('Inches', 'mesh'))).toMatchObject({
      unit: { name: 'inch' },
      volumeMm3: near((1000 / 6) * 25.4 ** 3, -1),
    });
  });

  test('surfaces without meshes are a refusal that says how to save them', async () => {
    const report = await reportOf(await rhinoFile('Millimeters', 'brep'));
    expect(only(report)).toEqual({ verdict: 'refused', code: 'no_stored_mesh' });
    expect(report.problems[0]?.message).toMatch(/surfaces but no meshes.*STEP/s);
  });

  test('a body without a mesh beside one with a mesh is told', async () => {
    const report = await reportOf(await rhinoFile('Millimeters', 'both'));
    expect(report.problems).toContainEqual(
      expect.objectContaining({ code: 'no_stored_mesh', severity: 'repair', count: 1 }),
    );
  });

  test('a cut off file is refused', async () => {
    const whole = await rhinoFile('Millimeters', 'mesh');
    expect(only(await reportOf(whole.subarray(0, 200)))).toMatchObject({ verdict: 'refused' });
  });
});
