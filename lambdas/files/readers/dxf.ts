import type { IDxf, IEntity } from 'dxf-parser';
import type { DrawingFound } from '#domain/geometry/file-reader.ts';
import { combined, identity, type Affine } from '#domain/geometry/flatten.ts';
import type { LengthUnit } from '#domain/geometry/report.ts';
import { millimetresPer, unitNames } from '#domain/geometry/units.ts';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import { formatMm } from '#domain/geometry/words.ts';
import { drawingFound } from './drawing-found.ts';
import { drawEntity, isInsert, type InsertEntity } from './dxf-entities.ts';
import { WeightReader } from './dxf-weights.ts';
import { LinePen } from './line-pen.ts';

const mostBlockLevels = 16;
const mostEntities = 1_000_000;

/** Values of $INSUNITS (Autodesk DXF reference, header variables). */
const unitByCode: Record<number, LengthUnit> = {
  1: 'inch',
  2: 'foot',
  4: 'mm',
  5: 'cm',
  6: 'm',
  13: 'micron',
};

/** The lines of a DXF drawing in model space, blocks resolved. @throws UnreadableFile */
export function readDxf(bytes: Uint8Array): DrawingFound {
  const text = textOf(bytes);
  const dxf = parsed(text);
  const unit = unitByCode[Number(dxf.header?.['$INSUNITS'])];
  const pen = new LinePen(millimetresPer[unit ?? 'mm']);
  const walk = new EntityWalk(dxf, pen);
  walk.all();
  const found = drawingFound(pen, unit ? { unit } : {}, walk.leftOut());
  if (unit || found.problems.some(({ severity }) => severity === 'refusal')) return found;
  const [width = 0, height = 0] = found.measures.boundingBoxMm.size;
  found.problems = found.problems.filter(({ code }) => code !== 'units_doubt');
  found.problems.unshift({
    code: 'units_doubt',
    severity: 'warning',
    message:
      `This drawing does not say its unit. In ${unitNames.mm} it is ${formatMm(width)} × ${formatMm(height)} mm, in ${unitNames.inch} ` +
      `${formatMm(width * millimetresPer.inch)} × ${formatMm(height * millimetresPer.inch)} mm. Tell us which unit is meant.`,
  });
  return found;
}

function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(bytes);
  if (text.startsWith('AutoCAD Binary DXF'))
    throw new UnreadableFile(
      'unsupported_format',
      'This is a binary DXF, which we do not read. Save it as an ASCII DXF (R12 or later) and send that.',
    );
  return text;
}

/** The parser throws bare errors at what it does not expect. */
function parsed(text: string): Partial<IDxf> {
  let dxf: IDxf | null;
  try {
    dxf = new WeightReader().parseSync(text);
  } catch {
    dxf = null;
  }
  if (!dxf)
    throw new UnreadableFile(
      'malformed',
      'This DXF drawing is damaged or cut off: it could not be read to its end. Export it again (ASCII DXF, R12 or later) and send the new file.',
    );
  if (!Array.isArray(dxf.entities))
    throw new UnreadableFile(
      'no_lines',
      'This DXF drawing holds no lines. Check that you export the drawing itself and not only its settings.',
    );
  return dxf;
}

/** Goes through entities and the blocks they place. */
class EntityWalk {
  #entities = 0;
  readonly #left = new Map<string, number>();
  readonly #dxf: Partial<IDxf>;
  readonly #pen: LinePen;
  readonly #hidden: ReadonlySet<string>;

  constructor(dxf: Partial<IDxf>, pen: LinePen) {
    this.#dxf = dxf;
    this.#pen = pen;
    const layers = Object.values(dxf.tables?.layer?.layers ?? {});
    this.#hidden = new Set(
      layers.filter(({ visible, frozen }) => !visible || frozen).map(({ name }) => name),
    );
  }

  all(): void {
    for (const entity of this.#dxf.entities ?? []) this.#take(entity, identity, undefined, 0);
  }

  leftOut(): [string, string, number][] {
    const words: [string, string, string[]][] = [
      ['text', 'texts', ['TEXT', 'MTEXT', 'ATTRIB', 'ATTDEF']],
      ['dimension', 'dimensions', ['DIMENSION']],
      ['filled area', 'filled areas', ['SOLID']],
      ['3D face', '3D faces', ['3DFACE', 'MESH']],
      ['block that is not in the file', 'blocks that are not in the file', ['INSERT']],
      ['unreadable curve', 'unreadable curves', ['CURVE']],
    ];
    return words.map(([one, many, types]) => [
      one,
      many,
      types.reduce((sum, type) => sum + (this.#left.get(type) ?? 0), 0),
    ]);
  }

  #take(entity: IEntity, matrix: Affine, inherited: string | undefined, level: number): void {
    this.#count();
    if (entity.visible === false || entity.inPaperSpace || this.#hidden.has(entity.layer)) return;
    // What lies on layer 0 of a block takes the layer of where the block is placed (AutoCAD's rule).
    const layer = entity.layer === '0' && inherited !== undefined ? inherited : (entity.layer ?? '0');
    if (isInsert(entity)) return this.#takeBlock(entity, matrix, layer, level);
    const color = this.#colorOf(entity, layer);
    const left = drawEntity(entity, this.#pen, { layer, ...(color !== undefined && { color }) }, matrix);
    if (left !== undefined) this.#leave(left);
  }

  #takeBlock(insert: InsertEntity, matrix: Affine, layer: string, level: number): void {
    const block = Object.hasOwn(this.#dxf.blocks ?? {}, insert.name)
      ? this.#dxf.blocks?.[insert.name]
      : undefined;
    if (!block || level >= mostBlockLevels) return this.#leave('INSERT');
    const angle = ((insert.rotation ?? 0) * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [sx, sy] = [insert.xScale ?? 1, insert.yScale ?? 1];
    const mirrored = (insert.extrusionDirection?.z ?? 1) < 0 ? { ...identity, a: -1 } : identity;
    const columns = Math.max(1, insert.columnCount ?? 1);
    const rows = Math.max(1, insert.rowCount ?? 1);
    for (let column = 0; column < columns; column++)
      for (let row = 0; row < rows; row++) {
        const x = column * (insert.columnSpacing ?? 0);
        const y = row * (insert.rowSpacing ?? 0);
        const placed: Affine = {
          a: cos * sx,
          b: sin * sx,
          c: -sin * sy,
          d: cos * sy,
          e: (insert.position?.x ?? 0) + cos * x - sin * y,
          f: (insert.position?.y ?? 0) + sin * x + cos * y,
        };
        const base = { ...identity, e: -(block.position?.x ?? 0), f: -(block.position?.y ?? 0) };
        const inner = combined(combined(matrix, combined(mirrored, placed)), base);
        this.#count();
        for (const entity of block.entities ?? []) this.#take(entity, inner, layer, level + 1);
      }
  }

  #count(): void {
    if (++this.#entities > mostEntities)
      throw new UnreadableFile(
        'too_complex',
        'The blocks of this drawing repeat too often to be read. Explode them or export the part alone.',
      );
  }

  #colorOf(entity: IEntity, layer: string): string | undefined {
    const own = entity.colorIndex === 256 || entity.colorIndex === 0 ? undefined : entity.color;
    const color = own ?? this.#dxf.tables?.layer?.layers?.[layer]?.color;
    return color === undefined ? undefined : `#${(color & 0xffffff).toString(16).padStart(6, '0')}`;
  }

  #leave(type: string): void {
    this.#left.set(type, (this.#left.get(type) ?? 0) + 1);
  }
}
