import { describe, expect, test } from 'vitest';
import { measureDrawing } from './drawing.ts';
import type { DrawingPiece } from './drawing-piece.ts';
import { DrawingTooComplex } from './drawing-nesting.ts';
import { flattenArc, flattenBulge, flattenCubic, lengthOf } from './flatten.ts';
import { flattenSpline, lengthOfSpline } from './spline.ts';
import { judgeDrawing } from './judge-drawing.ts';

const line = (x0: number, y0: number, x1: number, y1: number, layer = '0'): DrawingPiece => ({
  points: [x0, y0, x1, y1],
  closed: false,
  lengthMm: Math.hypot(x1 - x0, y1 - y0),
  layer,
});
const square = (x: number, y: number, side: number, layer = '0'): DrawingPiece => ({
  points: [x, y, x + side, y, x + side, y + side, x, y + side],
  closed: true,
  lengthMm: 4 * side,
  layer,
});
const squareOfLines = (side: number, layer = '0') => [
  line(0, 0, side, 0, layer),
  line(side, side, side, 0, layer),
  line(side, side, 0, side, layer),
  line(0, 0, 0, side, layer),
];
const containing = (words: string): unknown => expect.stringContaining(words);
const measuresOf = (pieces: DrawingPiece[]) => measureDrawing(pieces).measures;

describe('contours', () => {
  test('four lines in any order and direction are one closed contour', () => {
    expect(measuresOf(squareOfLines(100))).toMatchObject({
      pierces: 1,
      closedContours: 1,
      openContours: 0,
      cutLengthMm: 400,
      enclosedAreaMm2: 10_000,
      boundingBoxMm: { size: [100, 100, 0] },
    });
  });

  test('ends less than the join tolerance apart meet, those further apart stay open', () => {
    const [a, b, c] = squareOfLines(100) as [DrawingPiece, DrawingPiece, DrawingPiece];
    expect(measuresOf([a, b, c, line(0, 0.04, 0, 100)])).toMatchObject({
      closedContours: 1,
      openContours: 0,
    });
    expect(measuresOf([a, b, c, line(0, 0.5, 0, 100)])).toMatchObject({ closedContours: 0, openContours: 1 });
  });

  test('an open chain of lines is one contour with two ends, wherever the walk begins', () => {
    const chain = [line(10, 0, 20, 0), line(0, 0, 10, 0), line(20, 0, 20, 5)];
    const { contours, measures } = measureDrawing(chain);
    expect(measures).toMatchObject({ pierces: 1, openContours: 1, cutLengthMm: 25 });
    expect(contours[0]?.points).toHaveLength(8);
  });

  test('two squares that touch in a corner stay two', () => {
    const other = squareOfLines(50).map(({ points: [x0, y0, x1, y1] }) => line(-x0!, -y0!, -x1!, -y1!));
    expect(measuresOf([...squareOfLines(50), ...other])).toMatchObject({
      closedContours: 2,
      enclosedAreaMm2: 5000,
    });
  });

  test('lines of different layers are not joined', () => {
    const [a, b, c, d] = squareOfLines(10) as [DrawingPiece, DrawingPiece, DrawingPiece, DrawingPiece];
    expect(measuresOf([a, b, c, { ...d, layer: 'Other' }])).toMatchObject({
      closedContours: 0,
      openContours: 2,
    });
  });

  test('holes and islands are told apart by their depth', () => {
    const { contours, measures } = measureDrawing([
      square(0, 0, 100),
      square(10, 10, 50),
      square(20, 20, 10),
    ]);
    expect(contours.map(({ depth }) => depth)).toEqual([0, 1, 2]);
    expect(measures.enclosedAreaMm2).toBeCloseTo(10_000 - 2500 + 100, 9);
  });

  test('a thousand squares in one another are nested within two seconds', () => {
    const nest = Array.from({ length: 1000 }, (_, k) => square(k, k, 5000 - 2 * k));
    const began = performance.now();
    expect(measureDrawing(nest).contours.at(-1)?.depth).toBe(999);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test('a drawing of more outlines than can be nested is given up', () => {
    const pieces = Array.from({ length: 50_001 }, (_, k) =>
      square((k % 250) * 3, Math.floor(k / 250) * 3, 1),
    );
    expect(() => measureDrawing(pieces)).toThrow(DrawingTooComplex);
  });
});

describe('duplicates', () => {
  test('a line drawn twice, in whatever direction, counts once', () => {
    expect(measuresOf([line(0, 0, 50, 20), line(50, 20, 0, 0)])).toMatchObject({
      duplicateLines: 1,
      pierces: 1,
      cutLengthMm: Math.hypot(50, 20),
    });
  });

  test('the same outline as a polyline and as single lines counts once', () => {
    expect(measuresOf([square(0, 0, 100), ...squareOfLines(100)])).toMatchObject({
      duplicateLines: 1,
      closedContours: 1,
      cutLengthMm: 400,
    });
  });

  test('both diagonals of a box are two lines', () => {
    expect(measuresOf([line(0, 0, 30, 30), line(0, 30, 30, 0)])).toMatchObject({
      duplicateLines: 0,
      pierces: 2,
    });
  });

  test('the same line on another layer is meant', () => {
    expect(measuresOf([line(0, 0, 9, 0), line(0, 0, 9, 0, 'Engrave')])).toMatchObject({
      duplicateLines: 0,
      cutLengthMm: 9,
      engravedLengthMm: 9,
    });
  });
});

describe('layers', () => {
  test.each([
    ['Engraving', 'engrave'],
    ['ETCH', 'engrave'],
    ['Gravur', 'engrave'],
    ['Sketch Geometry', 'cut'],
    ['Outline', 'cut'],
    ['Dimensions', 'ignore'],
    ['Defpoints', 'ignore'],
    ['Picture frame', 'cut'],
  ])('%s is proposed to be %s', (name, use) => {
    expect(measuresOf([square(0, 0, 10, name), square(50, 0, 10, 'cutting')]).layers[0]).toMatchObject({
      name,
      use,
    });
  });

  test('an area filled without an outline is engraved, unless there is nothing else', () => {
    const filled: DrawingPiece = { ...square(2, 2, 5), filled: true };
    expect(measuresOf([square(0, 0, 10), filled])).toMatchObject({
      cutLengthMm: 40,
      engravedLengthMm: 20,
      engravedAreaMm2: 25,
    });
    expect(measuresOf([filled])).toMatchObject({ cutLengthMm: 20, engravedLengthMm: 0 });
  });

  test('what is ignored widens neither the sheet nor the cut', () => {
    expect(measuresOf([square(0, 0, 10), line(-500, 0, 500, 0, 'Construction')])).toMatchObject({
      cutLengthMm: 40,
      boundingBoxMm: { size: [10, 10, 0] },
    });
  });
});

describe('curves', () => {
  test('a circle of chords is within the tolerance of its length', () => {
    const points = flattenArc(0, 0, 10, 0, 2 * Math.PI, 0.005);
    expect(lengthOf(points)).toBeGreaterThan(2 * Math.PI * 10 * (1 - 0.0005));
    for (let at = 0; at < points.length; at += 2)
      expect(Math.hypot(points[at]!, points[at + 1]!)).toBeCloseTo(10, 9);
  });

  test('a bulge of 1 is half a circle to the left, and its length is exact', () => {
    const { points, length } = flattenBulge([0, 0], [20, 0], 1, 0.005);
    expect(length).toBeCloseTo(10 * Math.PI, 9);
    const lowest = Math.min(...points.filter((_, at) => at % 2 === 1));
    expect(lowest).toBeCloseTo(-10, 3);
  });

  test('a straight cubic stays straight and as long', () => {
    const points = [0, 0, ...flattenCubic([0, 0, 1, 1, 2, 2, 3, 3], 0.005)];
    expect(lengthOf(points)).toBeCloseTo(3 * Math.SQRT2, 9);
  });

  test('a B-spline that is one Bézier segment passes through its middle', () => {
    const points = flattenSpline(
      { degree: 2, knots: [0, 0, 0, 1, 1, 1], control: [0, 0, 10, 20, 20, 0] },
      0.001,
    )!;
    const top = Math.max(...points.filter((_, at) => at % 2 === 1));
    expect(top).toBeCloseTo(10, 2);
    expect(points.slice(-2)).toEqual([20, 0]);
  });

  /** A circle about 0, 0 as nine points with weights (Piegl and Tiller, The NURBS Book, 7.5). */
  const circleOfNine = (radius: number) => {
    const corner = Math.SQRT1_2;
    return {
      degree: 2,
      knots: [0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4],
      control: [1, 0, 1, 1, 0, 1, -1, 1, -1, 0, -1, -1, 0, -1, 1, -1, 1, 0].map((value) => value * radius),
      weights: [1, corner, 1, corner, 1, corner, 1, corner, 1],
    };
  };

  test.each([1, 10, 3000])(
    'a circle of radius %d as a weighted spline has its length and stays round',
    (radius) => {
      const circle = circleOfNine(radius);
      expect(lengthOfSpline(circle) / (2 * Math.PI * radius)).toBeCloseTo(1, 9);
      const points = flattenSpline(circle, 0.005)!;
      for (let at = 0; at + 3 < points.length; at += 2) {
        expect(Math.hypot(points[at]!, points[at + 1]!)).toBeCloseTo(radius, 6);
        const middle = Math.hypot(
          (points[at]! + points[at + 2]!) / 2,
          (points[at + 1]! + points[at + 3]!) / 2,
        );
        expect(radius - middle).toBeLessThan(0.005);
      }
    },
  );

  test('a parabola has the length of its formula', () => {
    // y = x (20 - x) / 10 from 0 to 20, the integral of sqrt(1 + y'^2).
    const parabola = { degree: 2, knots: [0, 0, 0, 1, 1, 1], control: [0, 0, 10, 20, 20, 0] };
    expect(lengthOfSpline(parabola)).toBeCloseTo(10 * (Math.sqrt(5) + Math.asinh(2) / 2), 9);
  });

  test.each([
    { degree: 2, knots: [0, 0, 0, 1, 1, 1], control: [0, 0, 1, 1, 2, 0], weights: [1, 1] },
    { degree: 2, knots: [0, 0, 0, 1, 1, 1], control: [0, 0, 1, 1, 2, 0], weights: [1, 0, 1] },
    { degree: 3, knots: [0, 1], control: [0, 0] },
    { degree: 2, knots: [0, 0, 0, 1, 0, 1], control: [0, 0, 1, 1, 2, 2] },
    { degree: 99, knots: [], control: [] },
  ])('a spline that does not fit together is no curve: %j', (spline) => {
    expect(flattenSpline(spline, 0.01)).toBeUndefined();
  });

  test('a hostile radius makes no more points than a kind one may', () => {
    expect(flattenArc(0, 0, 1e300, 0, 1e9, 1e-9).length).toBeLessThan(2100);
  });
});

describe('the words', () => {
  test('a drawing without any closed outline needs repair; its open ends are named with their places', () => {
    const [problem] = judgeDrawing(measureDrawing([line(0, 0, 50, 0), line(60, 0, 90, 0)]), []);
    expect(problem).toMatchObject({ code: 'open_contours', severity: 'repair', count: 2 });
    expect(problem?.places).toContainEqual([[50, 0, 0]]);
  });

  test('nothing to cut is a refusal that says what to do', () => {
    expect(judgeDrawing(measureDrawing([]), [['text', 'texts', 3]])).toEqual([
      expect.objectContaining({
        code: 'no_lines',
        severity: 'refusal',
        message: containing('outlines'),
      }),
    ]);
  });

  test('texts are left out and said to be', () => {
    const problems = judgeDrawing(measureDrawing([square(0, 0, 100)]), [
      ['text', 'texts', 3],
      ['picture', 'pictures', 1],
    ]);
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'left_out',
        count: 4,
        message: containing('3 texts, 1 picture'),
      }),
    ]);
  });
});
