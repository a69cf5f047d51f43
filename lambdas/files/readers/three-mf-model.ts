import type { GeometryLimits, LengthUnit } from '#domain/geometry/report.ts';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import { formatCount } from '#domain/geometry/words.ts';
import { localName, openXml } from './xml.ts';

/** Twelve numbers of a 3MF transform: three rows of a 3 x 3 matrix, then the shift; points are row vectors. */
export type Transform = readonly number[];

/** One use of an object: by a build item, or as a component of another object. */
export interface ObjectUse {
  /** The part of the package that holds the object. */
  path: string;
  objectId: string;
  transform: Transform | undefined;
}

export interface ModelObject {
  type: string;
  /** x y z of each point in the model's unit. */
  points: Float64Array;
  /** Three point numbers per triangle. */
  corners: Uint32Array;
  components: ObjectUse[];
  /** Its shape is partly described by beams, which triangles do not show. */
  hasBeams: boolean;
}

export interface Model {
  unit: LengthUnit;
  objects: Map<string, ModelObject>;
  items: ObjectUse[];
}

const units: Readonly<Record<string, LengthUnit>> = {
  micron: 'micron',
  millimeter: 'mm',
  centimeter: 'cm',
  inch: 'inch',
  foot: 'foot',
  meter: 'm',
};

/** Parses one model part of a 3MF package (3MF Core Specification 1.3, with the production extension's paths). */
export class ModelParser {
  readonly #path: string;
  readonly #limits: GeometryLimits;
  readonly #model: Model = { unit: 'mm', objects: new Map(), items: [] };
  readonly #xml;
  readonly #points = new NumberList((length) => new Float64Array(length));
  readonly #corners = new NumberList((length) => new Uint32Array(length));
  #object: ModelObject | undefined;
  #objectId = '';

  constructor(path: string, limits: GeometryLimits) {
    this.#path = path;
    this.#limits = limits;
    this.#xml = openXml('3MF file', {
      open: (name, attributes) => this.#open(name, attributes),
      close: (name) => {
        if (name === 'object') this.#endObject();
      },
    });
  }

  push(bytes: Uint8Array): void {
    this.#xml.push(bytes);
  }

  finish(): Model {
    this.#xml.end();
    return this.#model;
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'vertex':
        this.#points.add(numberOf(attributes['x']), numberOf(attributes['y']), numberOf(attributes['z']));
        this.#bound(this.#points.length / 3, this.#limits.vertices, 'points');
        break;
      case 'triangle':
        this.#corners.add(cornerOf(attributes['v1']), cornerOf(attributes['v2']), cornerOf(attributes['v3']));
        this.#bound(this.#corners.length / 3, this.#limits.triangles, 'triangles');
        break;
      case 'model': {
        const unit = units[attributes['unit'] ?? 'millimeter'];
        if (!unit)
          throw damaged(`it states the unit "${attributes['unit']!.slice(0, 40)}", which 3MF does not have`);
        this.#model.unit = unit;
        break;
      }
      case 'object':
        this.#objectId = attributes['id'] ?? '';
        this.#object = {
          type: attributes['type'] ?? 'model',
          points: new Float64Array(0),
          corners: new Uint32Array(0),
          components: [],
          hasBeams: false,
        };
        break;
      case 'component':
        this.#object?.components.push(this.#use(attributes));
        break;
      case 'item':
        this.#model.items.push(this.#use(attributes));
        break;
      case 'beam':
        if (this.#object) this.#object.hasBeams = true;
    }
  }

  #endObject(): void {
    if (!this.#object) return;
    this.#object.points = this.#points.take();
    this.#object.corners = this.#corners.take();
    const points = this.#object.points.length / 3;
    if (this.#object.corners.some((corner) => corner >= points))
      throw damaged('a triangle has a corner that is no point of its mesh');
    this.#model.objects.set(this.#objectId, this.#object);
    this.#object = undefined;
  }

  #use(attributes: Readonly<Record<string, string>>): ObjectUse {
    const path = Object.keys(attributes).find((name) => name.includes(':') && localName(name) === 'path');
    const transform = attributes['transform']?.trim().split(/\s+/).map(Number);
    if (transform && (transform.length !== 12 || !transform.every(Number.isFinite)))
      throw damaged('a transform has not twelve numbers');
    return {
      path: path ? attributes[path]!.replace(/^\//, '') : this.#path,
      objectId: attributes['objectid'] ?? '',
      transform,
    };
  }

  #bound(count: number, most: number, what: string): void {
    if (count > most)
      throw new UnreadableFile(
        'too_complex',
        `This file has more than ${formatCount(most)} ${what}, the most we can check. Export it with a coarser resolution.`,
      );
  }
}

function numberOf(text: string | undefined): number {
  return text ? Number(text) : Number.NaN;
}

function cornerOf(text: string | undefined): number {
  const corner = numberOf(text);
  // Beyond every point, so that the object's end refuses it.
  return Number.isInteger(corner) && corner >= 0 && corner < 0xffff_ffff ? corner : 0xffff_ffff;
}

export function damaged(why: string): UnreadableFile {
  return new UnreadableFile('malformed', `This 3MF file is damaged: ${why}. Export the part again.`);
}

/** Numbers in threes, in an array that grows by doubling. */
class NumberList<List extends Float64Array | Uint32Array> {
  length = 0;
  #numbers: List;
  readonly #make: (length: number) => List;

  constructor(make: (length: number) => List) {
    this.#make = make;
    this.#numbers = make(96);
  }

  add(a: number, b: number, c: number): void {
    if (this.length + 3 > this.#numbers.length) {
      const larger = this.#make(this.#numbers.length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.length++] = a;
    this.#numbers[this.length++] = b;
    this.#numbers[this.length++] = c;
  }

  /** The numbers so far; the list is empty afterwards. */
  take(): List {
    const taken = this.#numbers.slice(0, this.length) as List;
    this.length = 0;
    return taken;
  }
}
