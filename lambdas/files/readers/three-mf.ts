import type { MeshFound, ReadContext } from '#domain/geometry/file-reader.ts';
import type { GeometryProblem } from '#domain/geometry/report.ts';
import type { TriangleSink } from '#domain/geometry/triangle-sink.ts';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import { millimetresPer } from '#domain/geometry/units.ts';
import { formatCounted } from '#domain/geometry/words.ts';
import { readAll, type Reader } from './reader.ts';
import {
  damaged,
  ModelParser,
  type Model,
  type ModelObject,
  type ObjectUse,
  type Transform,
} from './three-mf-model.ts';
import { openXml } from './xml.ts';
import { ZipArchive } from './zip-archive.ts';

const mostBytes = 100_000_000;
const relationships = '_rels/.rels';
const modelRelationship = 'http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel';
const usualModel = '3D/3dmodel.model';
const deepestComponents = 16;
/** Objects made of objects made of objects could otherwise keep us busy for ever without one triangle. */
const mostUses = 100_000;

/**
 * Reads a 3MF package: all build items, their components and transforms, across its model parts, in the unit that it states.
 * Objects that only support the print are left out and said so.
 */
export const threeMfReader: Reader = {
  async read(content, context) {
    const whole = await readAll(content, context, mostBytes);
    return new Package(new ZipArchive(whole), context).read();
  },
};

class Package {
  readonly #archive: ZipArchive;
  readonly #context: ReadContext;
  readonly #models = new Map<string, Model>();
  #uses = 0;
  #leftOut = 0;

  constructor(archive: ZipArchive, context: ReadContext) {
    this.#archive = archive;
    this.#context = context;
  }

  read(): MeshFound {
    const model = this.#model(this.#rootPath());
    const triangles = [...this.#models.values()]
      .flatMap(({ objects }) => [...objects.values()])
      .reduce((sum, { corners }) => sum + corners.length / 3, 0);
    const sink = this.#context.openSink(triangles);
    const scale = millimetresPer[model.unit];
    const toMillimetres = [scale, 0, 0, 0, scale, 0, 0, 0, scale, 0, 0, 0];
    for (const item of model.items) this.#add(sink, item, toMillimetres, 0);
    return { kind: 'mesh', unit: model.unit, judge: () => this.#judge() };
  }

  #rootPath(): string {
    let path: string | undefined;
    if (this.#archive.has(relationships)) {
      const xml = openXml('3MF file', {
        open: (name, { Type, Target }) => {
          if (name === 'Relationship' && Type === modelRelationship) path ??= Target?.replace(/^\//, '');
        },
      });
      this.#archive.unpack(relationships, (bytes) => xml.push(bytes));
      xml.end();
    }
    path ??= usualModel;
    if (!this.#archive.has(path))
      throw new UnreadableFile(
        'unsupported_content',
        'This archive holds no 3D model (a 3MF has one under 3D/). Send the model itself, not a packed folder.',
      );
    return path;
  }

  #model(path: string): Model {
    const known = this.#models.get(path);
    if (known) return known;
    if (!this.#archive.has(path)) throw damaged('it names a part that the package does not hold');
    const parser = new ModelParser(path, this.#context.limits);
    this.#archive.unpack(path, (bytes) => parser.push(bytes));
    const model = parser.finish();
    this.#models.set(path, model);
    return model;
  }

  #add(sink: TriangleSink, use: ObjectUse, outer: Transform, depth: number): void {
    if (sink.full) return;
    if (depth > deepestComponents) throw damaged('its components are nested too deeply or hold themselves');
    if (++this.#uses > mostUses)
      throw new UnreadableFile(
        'too_complex',
        `This file puts objects together in more than ${formatCounted(mostUses, 'place')}, the most we can check. Export it as one mesh.`,
      );
    const object = this.#model(use.path).objects.get(use.objectId);
    if (!object) throw damaged('it builds an object that it does not hold');
    if (object.type !== 'model' && object.type !== 'surface') {
      this.#leftOut++;
      return;
    }
    if (object.hasBeams)
      throw new UnreadableFile(
        'unsupported_content',
        'This 3MF describes a part of its shape as a lattice of beams, which we can not measure. Export it as a plain mesh.',
      );
    const transform = use.transform ? composed(use.transform, outer) : outer;
    addMesh(sink, object, transform);
    for (const component of object.components) this.#add(sink, component, transform, depth + 1);
  }

  #judge(): GeometryProblem[] {
    if (this.#leftOut === 0) return [];
    return [
      {
        code: 'left_out',
        severity: 'note',
        count: this.#leftOut,
        message: `${formatCounted(this.#leftOut, 'object')} of this file ${this.#leftOut === 1 ? 'is' : 'are'} marked as support, not as part: left out of all measures.`,
      },
    ];
  }
}

/** First `inner`, then `outer`. */
function composed(inner: Transform, outer: Transform): Transform {
  const product: number[] = [];
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 3; column++) {
      let sum = row === 3 ? outer[9 + column]! : 0;
      for (let k = 0; k < 3; k++) sum += inner[row * 3 + k]! * outer[k * 3 + column]!;
      product.push(sum);
    }
  }
  return product;
}

function addMesh(sink: TriangleSink, { points, corners }: ModelObject, transform: Transform): void {
  const [a, b, c, d, e, f, g, h, i, tx, ty, tz] = transform as Transform &
    [number, number, number, number, number, number, number, number, number, number, number, number];
  // A mirror turns faces inside out; the format wants the surface, so their order is turned back.
  const mirrored = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g) < 0;
  const moved = new Float32Array(points.length);
  for (let at = 0; at < points.length; at += 3) {
    const x = points[at]!;
    const y = points[at + 1]!;
    const z = points[at + 2]!;
    moved[at] = x * a + y * d + z * g + tx;
    moved[at + 1] = x * b + y * e + z * h + ty;
    moved[at + 2] = x * c + y * f + z * i + tz;
  }
  const order = mirrored ? [0, 2, 1] : [0, 1, 2];
  for (let corner = 0; corner < corners.length && !sink.full; corner += 3) {
    for (let place = 0; place < 3; place++) {
      const from = corners[corner + order[place]!]! * 3;
      sink.corners[place * 3] = moved[from]!;
      sink.corners[place * 3 + 1] = moved[from + 1]!;
      sink.corners[place * 3 + 2] = moved[from + 2]!;
    }
    sink.addTriangle();
  }
}
