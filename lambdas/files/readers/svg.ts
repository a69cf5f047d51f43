import type { DrawingFound } from '#domain/geometry/file-reader.ts';
import { combined, flattenEllipse, identity, stretchOf, type Affine } from '#domain/geometry/flatten.ts';
import { millimetresPer } from '#domain/geometry/units.ts';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import { formatMm } from '#domain/geometry/words.ts';
import { drawingFound } from './drawing-found.ts';
import { LinePen } from './line-pen.ts';
import { flattenPath, type SubPath } from './svg-path.ts';
import { initialStyle, rulesOf, styleOf, type SvgStyle } from './svg-style.ts';
import { parseSvg, type SvgNode } from './svg-tree.ts';
import { matrixOf, numberOf, pixelsOf, statesSize, viewOf } from './svg-units.ts';

const mostUseLevels = 16;
const mostElements = 1_000_000;
/** How far a chord may leave its curve, mm. */
const toleranceMm = 0.005;
const notDrawn = new Set([
  'defs',
  'symbol',
  'clipPath',
  'mask',
  'marker',
  'pattern',
  'metadata',
  'filter',
  'style',
]);

/** The outlines of an SVG drawing, y upwards. @throws UnreadableFile */
export function readSvg(bytes: Uint8Array): DrawingFound {
  const svg = parseSvg(textOf(bytes));
  const pen = new LinePen(millimetresPer.px);
  const walk = new ElementWalk(svg, pen);
  walk.all();
  const unit = statesSize(svg) ? ({ unit: 'mm' } as const) : ({ assumedUnit: 'px' } as const);
  const found = drawingFound(pen, unit, [
    ['text', 'texts', walk.texts],
    ['picture', 'pictures', walk.pictures],
    ['reference that leads nowhere', 'references that lead nowhere', walk.lost],
  ]);
  if ('unit' in unit || found.problems.some(({ severity }) => severity === 'refusal')) return found;
  const [width = 0, height = 0] = found.measures.boundingBoxMm.size;
  found.problems = found.problems.filter(({ code }) => code !== 'units_doubt');
  found.problems.unshift({
    code: 'units_doubt',
    severity: 'warning',
    message:
      `This SVG states no size in millimetres or inches. At 96 pixels an inch it is ${formatMm(width)} × ${formatMm(height)} mm; ` +
      `if its numbers are millimetres, ${formatMm(width / millimetresPer.px)} × ${formatMm(height / millimetresPer.px)} mm. Tell us which unit is meant.`,
  });
  return found;
}

function textOf(bytes: Uint8Array): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(utf16).decode(bytes);
}

interface Place {
  matrix: Affine;
  style: SvgStyle;
  layer: string;
  useLevel: number;
}

class ElementWalk {
  texts = 0;
  pictures = 0;
  lost = 0;
  #elements = 0;
  readonly #svg: SvgNode;
  readonly #pen: LinePen;
  readonly #byId = new Map<string, SvgNode>();
  readonly #rules: ReturnType<typeof rulesOf>;

  constructor(svg: SvgNode, pen: LinePen) {
    this.#svg = svg;
    this.#pen = pen;
    const sheets: string[] = [];
    const note = (node: SvgNode) => {
      const id = node.attributes['id'];
      if (id !== undefined && !this.#byId.has(id)) this.#byId.set(id, node);
      if (node.name === 'style') sheets.push(node.text);
      node.children.forEach(note);
    };
    note(svg);
    this.#rules = rulesOf(sheets.join('\n'));
  }

  all(): void {
    // The page's y runs downwards, a machine's upwards.
    const matrix = combined({ ...identity, d: -1 }, viewOf(this.#svg));
    const style = styleOf(this.#svg, initialStyle, this.#rules);
    for (const child of this.#svg.children) this.#take(child, { matrix, style, layer: '', useLevel: 0 });
  }

  #take(node: SvgNode, place: Place): void {
    if (++this.#elements > mostElements)
      throw new UnreadableFile(
        'too_complex',
        'The references of this SVG repeat too often to be read. Resolve them (unlink clones) and export it again.',
      );
    if (notDrawn.has(node.name)) return;
    const style = styleOf(node, place.style, this.#rules);
    if (node.attributes['display'] === 'none' || /display\s*:\s*none/.test(node.attributes['style'] ?? ''))
      return;
    const matrix = combined(place.matrix, matrixOf(node.attributes['transform']));
    const inner: Place = { ...place, matrix, style, layer: layerOf(node) ?? place.layer };
    switch (node.name) {
      case 'use':
        return this.#takeUse(node, inner);
      case 'svg':
        return this.#takeAll(node, { ...inner, matrix: combined(matrix, viewOf(node, true)) });
      case 'text':
        this.texts++;
        return;
      case 'image':
        this.pictures++;
        return;
      default:
        this.#draw(node, inner);
        this.#takeAll(node, inner);
    }
  }

  #takeAll(node: SvgNode, place: Place): void {
    for (const child of node.children) this.#take(child, place);
  }

  #takeUse(node: SvgNode, place: Place): void {
    const target = this.#byId.get(
      (node.attributes['href'] ?? node.attributes['xlink:href'] ?? '').replace(/^#/, ''),
    );
    if (!target || place.useLevel >= mostUseLevels) {
      this.lost++;
      return;
    }
    const moved = {
      ...identity,
      e: pixelsOf(node.attributes['x']) ?? 0,
      f: pixelsOf(node.attributes['y']) ?? 0,
    };
    const inner = { ...place, matrix: combined(place.matrix, moved), useLevel: place.useLevel + 1 };
    if (target.name === 'symbol')
      this.#takeAll(target, { ...inner, style: styleOf(target, place.style, this.#rules) });
    else this.#take(target, inner);
  }

  #draw(node: SvgNode, { matrix, style, layer }: Place): void {
    if (style.hidden || (style.stroke === 'none' && style.fill === 'none')) return;
    const filled = style.stroke === 'none';
    const look = { layer, color: filled ? style.fill : style.stroke, ...(filled && { filled }) };
    const tolerance = toleranceMm / millimetresPer.px / Math.max(stretchOf(matrix), 1e-9);
    for (const { points, closed, length } of shapeOf(node, tolerance))
      this.#pen.draw(points, closed, look, matrix, length);
  }
}

/** Inkscape's layers have a label; else a group with a name counts as one. */
function layerOf({ name, attributes }: SvgNode): string | undefined {
  if (name !== 'g') return undefined;
  return attributes['inkscape:label'] ?? attributes['id'];
}

/** The lines of a basic shape or a path, in its own coordinates. */
function shapeOf(node: SvgNode, tolerance: number): (SubPath & { length?: number })[] {
  const value = (name: string) => pixelsOf(node.attributes[name]) ?? 0;
  switch (node.name) {
    case 'path':
      return flattenPath(node.attributes['d'] ?? '', tolerance);
    case 'line':
      return [{ points: [value('x1'), value('y1'), value('x2'), value('y2')], closed: false }];
    case 'polyline':
    case 'polygon': {
      const points = (node.attributes['points'] ?? '')
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(numberOf);
      if (points.length % 2 === 1) points.pop();
      return [{ points, closed: node.name === 'polygon' }];
    }
    case 'circle': {
      const r = value('r');
      return r > 0
        ? [{ ...ellipse(value('cx'), value('cy'), r, r, tolerance), length: 2 * Math.PI * r }]
        : [];
    }
    case 'ellipse': {
      const [rx, ry] = [value('rx'), value('ry')];
      return rx > 0 && ry > 0 ? [ellipse(value('cx'), value('cy'), rx, ry, tolerance)] : [];
    }
    case 'rect':
      return rectangle(node, value, tolerance);
    default:
      return [];
  }
}

function ellipse(cx: number, cy: number, rx: number, ry: number, tolerance: number): SubPath {
  const points = flattenEllipse(
    { cx, cy, major: [rx, 0], minor: [0, ry], from: 0, to: 2 * Math.PI },
    tolerance,
  ).slice(0, -2);
  return { points, closed: true };
}

function rectangle(
  { attributes }: SvgNode,
  value: (name: string) => number,
  tolerance: number,
): (SubPath & { length?: number })[] {
  const [x, y, width, height] = [value('x'), value('y'), value('width'), value('height')];
  if (!(width > 0 && height > 0)) return [];
  const rx = Math.min(pixelsOf(attributes['rx']) ?? pixelsOf(attributes['ry']) ?? 0, width / 2);
  const ry = Math.min(pixelsOf(attributes['ry']) ?? pixelsOf(attributes['rx']) ?? 0, height / 2);
  if (!(rx > 0 && ry > 0))
    return [{ points: [x, y, x + width, y, x + width, y + height, x, y + height], closed: true }];
  const arc = `a${rx} ${ry} 0 0 1`;
  const [across, down] = [width - 2 * rx, height - 2 * ry];
  return flattenPath(
    `M${x + rx} ${y}h${across}${arc} ${rx} ${ry}v${down}${arc} ${-rx} ${ry}h${-across}${arc} ${-rx} ${-ry}v${-down}${arc} ${rx} ${-ry}z`,
    tolerance,
  );
}
