/** A side of a face by number: three times the face plus 0 to 2; it runs from its corner to the next. */
export type Side = number;

/** Which sides of faces lie on which edge. */
export class MeshTopology {
  /** The edge of each side. */
  readonly edgeOfSide: Int32Array;
  /** How many sides lie on each edge. */
  readonly sidesOnEdge: Int32Array;
  edges = 0;
  readonly #triangles: Int32Array;
  /** First and second side of each edge, -1 when there is none. */
  readonly #sides: Int32Array;

  /** @param triangles three vertex ids per face, all different */
  constructor(triangles: Int32Array) {
    this.#triangles = triangles;
    const sides = triangles.length;
    this.edgeOfSide = new Int32Array(sides);
    this.sidesOnEdge = new Int32Array(sides);
    this.#sides = new Int32Array(sides * 2).fill(-1);
    let slots = 64;
    while (slots < sides * 2) slots *= 2;
    const table = new Int32Array(slots);
    for (let side = 0; side < sides; side++) {
      const edge = this.#edgeAt(table, side);
      this.edgeOfSide[side] = edge;
      const known = this.sidesOnEdge[edge]!++;
      if (known < 2) this.#sides[edge * 2 + known] = side;
    }
  }

  from(side: Side): number {
    return this.#triangles[side]!;
  }

  to(side: Side): number {
    return this.#triangles[side % 3 === 2 ? side - 2 : side + 1]!;
  }

  firstSide(edge: number): Side {
    return this.#sides[edge * 2]!;
  }

  /** The one other side on this side's edge; -1 when there is none or more than one. */
  opposite(side: Side): Side {
    const edge = this.edgeOfSide[side]!;
    if (this.sidesOnEdge[edge] !== 2) return -1;
    return this.#sides[edge * 2]! === side ? this.#sides[edge * 2 + 1]! : this.#sides[edge * 2]!;
  }

  #edgeAt(table: Int32Array, side: Side): number {
    const low = Math.min(this.from(side), this.to(side));
    const high = Math.max(this.from(side), this.to(side));
    const mask = table.length - 1;
    let hash = Math.imul(low, 0x9e37_79b1) ^ Math.imul(high, 0x85eb_ca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
    for (let slot = (hash ^ (hash >>> 13)) & mask; ; slot = (slot + 1) & mask) {
      const edge = table[slot]! - 1;
      if (edge < 0) {
        table[slot] = ++this.edges;
        return this.edges - 1;
      }
      const first = this.firstSide(edge);
      const [a, b] = [this.from(first), this.to(first)];
      if (Math.min(a, b) === low && Math.max(a, b) === high) return edge;
    }
  }
}
