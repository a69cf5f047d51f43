import { combined, identity, type Affine } from '#domain/geometry/flatten.ts';
import type { SvgNode } from './svg-tree.ts';

/** Pixels in one unit (CSS Values 4, section 6.2: a pixel is a 96th of an inch). */
const pixelsPer: Record<string, number> = {
  '': 1,
  px: 1,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  pt: 96 / 72,
  pc: 16,
};

export const numberOf = (text: string | undefined): number => {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? value : 0;
};

/** A length in pixels; undefined where there is none or it depends on its surroundings. */
export function pixelsOf(text: string | undefined): number | undefined {
  const found = /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(px|in|cm|mm|q|pt|pc|)\s*$/i.exec(text ?? '');
  return found ? Number(found[1]) * pixelsPer[found[2]!.toLowerCase()]! : undefined;
}

/** Whether the drawing says how large it is in the real world. */
export const statesSize = ({ attributes }: SvgNode): boolean =>
  [attributes['width'], attributes['height']].some((length) =>
    /\d\s*(in|cm|mm|q|pt|pc)\s*$/i.test(length ?? ''),
  );

/** From the coordinates inside an `svg` element to pixels outside of it: its view box, width and height. */
export function viewOf({ attributes }: SvgNode, nested = false): Affine {
  const at = nested
    ? { ...identity, e: pixelsOf(attributes['x']) ?? 0, f: pixelsOf(attributes['y']) ?? 0 }
    : identity;
  const box = (attributes['viewBox'] ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(numberOf);
  const [x = 0, y = 0, w = 0, h = 0] = box;
  if (!(w > 0 && h > 0)) return at;
  const width = pixelsOf(attributes['width']);
  const height = pixelsOf(attributes['height']);
  let sx = width === undefined ? (height === undefined ? 1 : height / h) : width / w;
  let sy = height === undefined ? sx : height / h;
  // "Meet", the default: the smaller scale both ways.
  if (!/none/.test(attributes['preserveAspectRatio'] ?? '')) sx = sy = Math.min(sx, sy);
  return combined(at, { a: sx, b: 0, c: 0, d: sy, e: -x * sx, f: -y * sy });
}

/** The matrix of a `transform` attribute; what is not understood changes nothing. */
export function matrixOf(text: string | undefined): Affine {
  let matrix = identity;
  for (const [, kind = '', list = ''] of (text ?? '').matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    const values = list
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(numberOf);
    matrix = combined(matrix, single(kind, values));
  }
  return matrix;
}

function single(kind: string, values: readonly number[]): Affine {
  const [p = 0, q, r] = values;
  const angle = (p * Math.PI) / 180;
  switch (kind) {
    case 'matrix': {
      const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = values;
      return { a, b, c, d, e, f };
    }
    case 'translate':
      return { ...identity, e: p, f: q ?? 0 };
    case 'scale':
      return { ...identity, a: p, d: q ?? p };
    case 'rotate': {
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const turned = { a: cos, b: sin, c: -sin, d: cos, e: 0, f: 0 };
      const [cx, cy] = [q ?? 0, r ?? 0];
      return combined(combined({ ...identity, e: cx, f: cy }, turned), { ...identity, e: -cx, f: -cy });
    }
    case 'skewX':
      return { ...identity, c: Math.tan(angle) };
    case 'skewY':
      return { ...identity, b: Math.tan(angle) };
    default:
      return identity;
  }
}
