import { describe, expect, test } from 'vitest';
import { defaultLimits, type DrawingReport, type GeometryReport } from '#domain/geometry/report.ts';
import { FileCheck } from '#domain/geometry/file-check.ts';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import { checkFile } from '../check-file.ts';
import { readDxf } from './dxf.ts';
import { readSvg } from './svg.ts';

const near = (value: number, digits: number): unknown => expect.closeTo(value, digits);

/** Through everything, on the reader's own thread. */
async function reportOf(content: Uint8Array | string): Promise<GeometryReport> {
  const bytes = Buffer.from(content);
  async function* source() {
    yield bytes;
  }
  return (await checkFile(source(), { totalBytes: bytes.length })).report;
}
/** On this thread, without starting another. */
function reportHere(content: string): GeometryReport {
  const bytes = Buffer.from(content);
  const format = content.startsWith('<') ? 'svg' : 'dxf';
  const check = new FileCheck({ format, totalBytes: bytes.length, limits: defaultLimits });
  try {
    return check.report(format === 'svg' ? readSvg(bytes) : readDxf(bytes), bytes.length);
  } catch (error) {
    if (error instanceof UnreadableFile) return check.refuse(error.problem, bytes.length);
    throw error;
  }
}
const drawingOf = (content: string) => reportHere(content) as DrawingReport;
const codes = ({ problems }: GeometryReport) => problems.map(({ code }) => code);

/** A DXF of pairs of group code and value. */
const dxf = (
  entities: string,
  { unit, blocks = '', layers = '' }: { unit?: number; blocks?: string; layers?: string } = {},
) =>
  [
    ...(unit === undefined ? [] : ['0 SECTION', '2 HEADER', '9 $INSUNITS', `70 ${unit}`, '0 ENDSEC']),
    ...(layers
      ? ['0 SECTION', '2 TABLES', '0 TABLE', '2 LAYER', ...lines(layers), '0 ENDTAB', '0 ENDSEC']
      : []),
    ...(blocks ? ['0 SECTION', '2 BLOCKS', ...lines(blocks), '0 ENDSEC'] : []),
    '0 SECTION',
    '2 ENTITIES',
    ...lines(entities),
    '0 ENDSEC',
    '0 EOF',
  ]
    .map((pair) => pair.replace(' ', '\n'))
    .join('\n') + '\n';
const lines = (text: string) => text.trim().split(/\s*\|\s*|\n\s*/);

const circle = '0 CIRCLE|8 0|10 0|20 0|40 10';

describe('DXF', () => {
  test('a circle has its exact length and one pierce', () => {
    expect(drawingOf(dxf(circle, { unit: 4 }))).toMatchObject({
      kind: 'drawing',
      format: 'dxf',
      unit: { name: 'mm', source: 'stated' },
      cutLengthMm: near(20 * Math.PI, 9),
      pierces: 1,
      closedContours: 1,
      enclosedAreaMm2: near(100 * Math.PI, 0),
      verdict: 'fine',
    });
  });

  const weightedCircle = (weights: readonly number[]) => {
    const square = [1, 0, 1, 1, 0, 1, -1, 1, -1, 0, -1, -1, 0, -1, 1, -1, 1, 0];
    return [
      '0 SPLINE|8 Cuts|62 1|70 12|71 2',
      ...[0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4].map((knot) => `40 ${knot}`),
      ...weights.map((weight) => `41 ${weight}`),
      ...weights.map((_, at) => `10 ${square[2 * at]! * 25}|20 ${square[2 * at + 1]! * 25}|30 0`),
    ].join('|');
  };

  test('a circle drawn as a weighted spline is as long as the circle, also when it is placed turned and scaled', () => {
    const corner = Math.SQRT1_2;
    const spline = weightedCircle([1, corner, 1, corner, 1, corner, 1, corner, 1]);
    const report = drawingOf(dxf(`${spline}\n${circle}`, { unit: 4 }));
    expect(report).toMatchObject({
      closedContours: 2,
      cutLengthMm: near((50 + 20) * Math.PI, 6),
      enclosedAreaMm2: near(Math.PI * (25 ** 2 - 10 ** 2), 0),
    });
    expect(report.layers).toContainEqual(expect.objectContaining({ name: 'Cuts', color: '#ff0000' }));
    const blocks = `0 BLOCK|8 0|2 RING|10 0|20 0|${spline}|0 ENDBLK`;
    const placed = drawingOf(dxf('0 INSERT|8 0|2 RING|10 9|20 0|41 2|42 2|50 30', { unit: 4, blocks }));
    expect(placed.cutLengthMm).toBeCloseTo(100 * Math.PI, 6);
  });

  test('a spline with too few weights is told as unreadable', () => {
    const report = drawingOf(
      dxf(`${weightedCircle([1, 1, 1]).replace(/10 25.*/, '10 0|20 0')}\n${circle}`, { unit: 4 }),
    );
    expect(codes(report)).toContain('left_out');
  });

  test('an ellipse has the length of its integral', () => {
    const ellipse = '0 ELLIPSE|8 0|10 0|20 0|11 20|21 0|40 0.5|41 0|42 6.283185307179586';
    // 4 a E(e), with E(0.866) = 1.211056 (Abramowitz and Stegun, table 17.1).
    expect(drawingOf(dxf(ellipse, { unit: 4 })).cutLengthMm).toBeCloseTo(80 * 1.2110560275684594, 6);
  });

  test('stated inches are inches; no unit is asked for', () => {
    expect(drawingOf(dxf(circle, { unit: 1 })).cutLengthMm).toBeCloseTo(20 * Math.PI * 25.4, 6);
    const unknown = drawingOf(dxf(circle));
    expect(unknown.unit).toEqual({ name: 'mm', source: 'assumed' });
    expect(codes(unknown)).toEqual(['units_doubt']);
  });

  test('a slot of a polyline with bulges is as long as its straights and arcs', () => {
    const slot = '0 LWPOLYLINE|8 0|90 4|70 1|10 0|20 0|10 40|20 0|42 1|10 40|20 10|10 0|20 10|42 1';
    expect(drawingOf(dxf(slot, { unit: 4 }))).toMatchObject({
      closedContours: 1,
      cutLengthMm: near(80 + 10 * Math.PI, 6),
      enclosedAreaMm2: near(400 + 25 * Math.PI, 0),
    });
  });

  test('lines and an arc that meet are one closed contour', () => {
    const half = '0 LINE|8 0|10 -10|20 0|11 10|21 0\n0 ARC|8 0|10 0|20 0|40 10|50 0|51 180';
    expect(drawingOf(dxf(half, { unit: 4 }))).toMatchObject({
      closedContours: 1,
      cutLengthMm: near(20 + 10 * Math.PI, 6),
    });
  });

  test('a block is placed, turned, scaled and repeated', () => {
    const blocks = '0 BLOCK|8 0|2 HOLE|10 0|20 0|0 CIRCLE|8 0|10 0|20 0|40 2|0 ENDBLK';
    const placed = '0 INSERT|8 Cuts|2 HOLE|10 100|20 0|41 2|42 2|50 90|70 3|44 20';
    const report = drawingOf(dxf(placed, { unit: 4, blocks }));
    expect(report).toMatchObject({ pierces: 3, cutLengthMm: near(3 * 8 * Math.PI, 6) });
    expect(report.layers).toEqual([expect.objectContaining({ name: 'Cuts', contours: 3 })]);
    // Turned by 90 degrees, columns run upwards.
    expect(report.boundingBoxMm.size[1]).toBeCloseTo(2 * 20 + 8, 6);
  });

  test('a block in itself ends at a limit, blocks in blocks that multiply at another', async () => {
    const itself =
      '0 BLOCK|8 0|2 A|10 0|20 0|0 INSERT|8 0|2 A|10 1|20 0|0 CIRCLE|8 0|10 0|20 0|40 2|0 ENDBLK';
    const looping = drawingOf(dxf('0 INSERT|8 0|2 A|10 0|20 0', { unit: 4, blocks: itself }));
    expect(looping.pierces).toBeLessThan(20);
    const bomb = Array.from({ length: 9 }, (_, k) =>
      [
        '0 BLOCK',
        '8 0',
        `2 B${k}`,
        '10 0',
        '20 0',
        ...Array.from({ length: 10 }, () => `0 INSERT|8 0|2 B${k + 1}|10 0|20 0`),
        '0 ENDBLK',
      ].join('|'),
    ).join('|');
    const began = performance.now();
    const report = await reportOf(
      dxf('0 INSERT|8 0|2 B0|10 0|20 0', {
        unit: 4,
        blocks: `${bomb}|0 BLOCK|8 0|2 B9|10 0|20 0|${circle}|0 ENDBLK`,
      }),
    );
    expect(codes(report)).toEqual(['too_complex']);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test('hidden layers and texts are left out, texts are told', () => {
    const layers = '0 LAYER|2 Off|70 0|62 -7|6 CONTINUOUS|0 LAYER|2 On|70 0|62 1|6 CONTINUOUS';
    const entities = `${circle}\n0 CIRCLE|8 Off|10 0|20 0|40 90\n0 TEXT|8 0|10 0|20 0|40 3|1 Hello`;
    const report = drawingOf(dxf(entities, { unit: 4, layers }));
    expect(report.pierces).toBe(1);
    expect(codes(report)).toEqual(['left_out']);
  });

  test.each([
    ['without entities', '0\nSECTION\n2\nHEADER\n0\nENDSEC\n0\nEOF\n', 'no_lines'],
    ['cut off', dxf(circle).slice(0, -40), 'malformed'],
    ['binary', 'AutoCAD Binary DXF\r\n\x1a\0', 'unsupported_format'],
    ['that is empty of lines', dxf('0 POINT|8 0|10 0|20 0'), 'no_lines'],
    ['of numbers that are none', dxf('0 LINE|8 0|10 nan|20 x|11 10|21 0', { unit: 4 }), 'no_lines'],
  ])('a file %s is refused in plain words', (_, content, code) => {
    const report = reportHere(content);
    expect([report.verdict, ...codes(report)]).toEqual(['refused', code]);
  });
});

const svg = (inside: string, head = 'width="100mm" height="100mm" viewBox="0 0 100 100"') =>
  `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" ${head}>${inside}</svg>`;
const cut = 'fill="none" stroke="#ff0000"';

describe('SVG', () => {
  test('shapes have the lengths of their formulas', () => {
    const shapes = [
      `<rect x="0" y="0" width="20" height="10" ${cut}/>`,
      `<circle cx="50" cy="50" r="5" ${cut}/>`,
      `<line x1="0" y1="90" x2="30" y2="90" ${cut}/>`,
      `<polygon points="60,60 80,60 80,75" ${cut}/>`,
    ];
    expect(drawingOf(svg(shapes.join('')))).toMatchObject({
      format: 'svg',
      unit: { name: 'mm', source: 'stated' },
      pierces: 4,
      closedContours: 3,
      openContours: 1,
      cutLengthMm: near(60 + 10 * Math.PI + 30 + 60, 6),
    });
  });

  test.each([
    ['M10 10h20v20h-20z', 80],
    ['m10,10 20,0 0,20 -20,0z', 80],
    ['M10 10L30 10 30 30 10 30Z', 80],
    ['M0 10A10 10 0 0 1 20 10A10 10 0 0 1 0 10Z', 20 * Math.PI],
    ['M0 10a10 10 0 0120 0a10 10 0 01-20 0z', 20 * Math.PI],
    ['M0 0C0 0 30 40 30 40', 50],
    ['M0 0Q15 20 30 40', 50],
    ['M0 0h10M0 5h10', 20],
    ['M0 0 10 0 garbage', 10],
  ])('path %s is %d mm long', (d, lengthMm) => {
    const { cutLengthMm } = drawingOf(svg(`<path d="${d}" ${cut}/>`));
    expect(Math.abs(cutLengthMm / lengthMm - 1)).toBeLessThan(1e-3);
  });

  test('transforms, view boxes, groups and uses multiply', () => {
    const inside = `<defs><g id="hole"><circle r="1" ${cut}/></g></defs>
      <g transform="translate(10 10) scale(2)"><use href="#hole" x="5" y="5"/></g><use xlink:href="#hole" transform="rotate(45)"/>`;
    const { cutLengthMm, pierces } = drawingOf(
      svg(inside, 'width="200mm" height="200mm" viewBox="0 0 100 100"'),
    );
    expect(pierces).toBe(2);
    expect(cutLengthMm).toBeCloseTo(2 * (2 * Math.PI * 2 + 2 * Math.PI), 6);
  });

  test.each([
    ['width="1in" height="1in" viewBox="0 0 10 10"', 25.4, 'mm', 'stated'],
    ['width="10cm" height="5cm" viewBox="0 0 100 50"', 10, 'mm', 'stated'],
    ['width="96" height="96"', (10 * 25.4) / 96, 'px', 'assumed'],
    ['viewBox="0 0 10 10"', (10 * 25.4) / 96, 'px', 'assumed'],
  ])('with %s ten units are %d mm', (head, lengthMm, unit, source) => {
    const report = drawingOf(svg(`<path d="M0 0h10" ${cut}/>`, head));
    expect(report.cutLengthMm).toBeCloseTo(lengthMm, 6);
    expect(report.unit).toEqual({ name: unit, source });
    expect(codes(report).includes('units_doubt')).toBe(source === 'assumed');
  });

  test('style sheets and styles decide what is drawn; layers have their names', () => {
    const inside = `<style>.c{stroke:#00f;fill:none} .h{display:none}</style>
      <g inkscape:label="Cut"><path class="c" d="M0 0h10"/><path class="h" d="M0 0h50"/></g>
      <g inkscape:label="Engrave"><path style="stroke:red;fill:none" d="M0 20h10"/></g>
      <path d="M0 30h10" fill="none"/>`;
    const { layers, cutLengthMm, engravedLengthMm } = drawingOf(svg(inside));
    expect([cutLengthMm, engravedLengthMm]).toEqual([near(10, 6), near(10, 6)]);
    expect(layers).toEqual([
      expect.objectContaining({ name: 'Cut', color: '#0000ff', use: 'cut' }),
      expect.objectContaining({ name: 'Engrave', color: '#ff0000', use: 'engrave' }),
    ]);
  });

  test('y runs upwards, as on a machine', () => {
    const { boundingBoxMm } = drawingOf(svg(`<path d="M0 10h10v20" ${cut}/>`));
    expect(boundingBoxMm.min[1]).toBeCloseTo(-30, 6);
    expect(boundingBoxMm.max[1]).toBeCloseTo(-10, 6);
  });

  test('an element that uses itself ends, and what multiplies ends in a refusal within seconds', () => {
    const loop = drawingOf(svg(`<g id="a"><path d="M0 0h10" ${cut}/><use href="#a"/></g>`));
    expect(loop.pierces).toBeLessThan(20);
    const bomb = Array.from(
      { length: 9 },
      (_, k) => `<g id="b${k}">${`<use href="#b${k + 1}"/>`.repeat(10)}</g>`,
    ).join('');
    const began = performance.now();
    const report = reportHere(svg(`<defs>${bomb}<path id="b9" d="M0 0h10" ${cut}/></defs><use href="#b0"/>`));
    expect([report.verdict, ...codes(report)]).toEqual(['refused', 'too_complex']);
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  test('entities are text, never more: a thousand laughs cost nothing', () => {
    const laughs = `<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY ns "http://www.w3.org/2000/svg">]>`;
    const plain = drawingOf(
      `${laughs}<svg xmlns="&ns;" width="10mm" height="10mm" viewBox="0 0 10 10"><path d="M0 0h10" ${cut}/></svg>`,
    );
    expect(plain.cutLengthMm).toBeCloseTo(10, 6);
    const report = reportHere(`${laughs}<svg xmlns="&ns;"><title>&b;</title></svg>`);
    expect(report.verdict).toBe('refused');
  });

  test('elements a thousand deep are refused', () => {
    const report = reportHere(svg('<g>'.repeat(1000) + '</g>'.repeat(1000)));
    expect(codes(report)).toEqual(['too_complex']);
  });

  test.each([
    ['cut off', svg('<path d="M0 0h10"/>').slice(0, -10), 'malformed'],
    ['without lines', svg('<text>Hello</text>'), 'no_lines'],
  ])('a file %s is refused in plain words', (_, content, code) => {
    const report = reportHere(content);
    expect([report.verdict, ...codes(report)]).toEqual(['refused', code]);
  });
});

describe('attachments', () => {
  test.each([
    ['png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['jpeg', Buffer.from('ffd8ffe000104a464946', 'hex')],
    ['gif', Buffer.from('GIF89a..')],
    ['webp', Buffer.from('RIFF\x10\0\0\0WEBPVP8 ')],
    ['pdf', Buffer.from('%PDF-1.7\n')],
  ])('a %s is kept without measures', async (format, content) => {
    expect(await reportOf(content)).toMatchObject({
      kind: 'attachment',
      format,
      verdict: 'fine',
      problems: [],
    });
  });

  test('a picture larger than 50 MB is refused', async () => {
    const content = Buffer.alloc(50_000_001);
    content.write('%PDF-1.7\n');
    expect(codes(await reportOf(content))).toEqual(['too_large']);
  });
});
