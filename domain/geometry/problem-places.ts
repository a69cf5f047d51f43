import type { MeshCore } from './mesh-core.ts';
import type { Place, PointMm, ProblemCode } from './report.ts';

/** More marks would hide the part in a viewer and outgrow the row that the report is stored in. */
const mostPlaces = 200;
/** Digits that point at a place without making its text long. */
const digits = 7;

/** Where each kind of problem is; of many places the first ones. */
export type ProblemPlaces = Partial<Record<ProblemCode, Place[]>>;

/** Collects places by vertex ids. */
export class PlaceCollector {
  readonly places: ProblemPlaces = {};
  readonly #core: MeshCore;

  constructor(core: MeshCore) {
    this.#core = core;
  }

  /** @param vertices one of a point, two of an edge, three of a face */
  add(code: ProblemCode, ...vertices: readonly number[]): void {
    const places = (this.places[code] ??= []);
    if (places.length < mostPlaces) places.push(vertices.map((vertex) => this.#point(vertex)));
  }

  /** Forgets what was found of a kind, when a later look knows better. */
  clear(code: ProblemCode): void {
    delete this.places[code];
  }

  #point(vertex: number): PointMm {
    const coordinate = (axis: number) => Number(this.#core.coordinate(vertex, axis).toPrecision(digits));
    return [coordinate(0), coordinate(1), coordinate(2)];
  }
}
