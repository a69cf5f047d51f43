import { grown } from './growable.ts';

const wordsPerEdge = 4;
const otherEnd = 0;
const nextInChain = 1;
const faceCounts = 2;
const parent = 3;

/** Chains longer than this go on in a hash, or a fan of n triangles would cost n squared steps. */
const longestChain = 40;
const mostPerDirection = 0xffff;

/** An edge seen once per undirected pair: `forward` faces run from `from` to `to`, `backward` faces the other way. */
export type EdgeVisitor = (from: number, to: number, forward: number, backward: number) => void;

/**
 * Counts the faces on every edge, by direction, and joins faces that share an edge. A record is 16 bytes, hung on the end
 * point with the larger id; counts saturate at 65 535.
 */
export class EdgeTable {
  count = 0;
  /** Faces found to have exactly the edges that one earlier face had brought: its doubles. */
  twins = 0;
  #edges: Int32Array;
  #heads: Int32Array;
  readonly #overflow = new OverflowEdges();

  /** @param expectedEdges @param expectedVertices what to make room for at the start */
  constructor(expectedEdges: number, expectedVertices: number) {
    this.#edges = new Int32Array((expectedEdges + 4096) * wordsPerEdge);
    this.#heads = new Int32Array(Math.max(16, expectedVertices));
  }

  /**
   * Adds faces by the ids of their corners. Faces with two corners in one point have no edges to add.
   * @param ids three per face
   * @param vertices how many vertex ids exist by now
   * @returns how many faces were left out
   */
  addFaces(ids: Int32Array, faces: number, vertices: number): number {
    this.#makeRoom(faces * 3, vertices);
    const edges = this.#edges;
    const heads = this.#heads;
    let skipped = 0;
    for (let face = 0; face < faces; face++) {
      const a = ids[face * 3]!;
      const b = ids[face * 3 + 1]!;
      const c = ids[face * 3 + 2]!;
      if (a === b || b === c || c === a) {
        skipped++;
        continue;
      }
      const knownEdges = this.count;
      let from = c;
      let to = a;
      let root = -1;
      let lowest = 0x7fff_ffff;
      let highest = 0;
      for (let side = 0; side < 3; side++) {
        const forward = from < to;
        const owner = forward ? to : from;
        const other = forward ? from : to;
        let edge = heads[owner]! - 1;
        let steps = 0;
        while (edge >= 0 && edges[edge * wordsPerEdge] !== other) {
          edge = edges[edge * wordsPerEdge + nextInChain]! - 1;
          steps++;
        }
        if (edge < 0) edge = this.#findBeyondChain(owner, other, steps);
        if (edge < lowest) lowest = edge;
        if (edge > highest) highest = edge;
        const at = edge * wordsPerEdge + faceCounts;
        const counts = edges[at]!;
        if (forward) {
          if ((counts & mostPerDirection) < mostPerDirection) edges[at] = counts + 1;
        } else if (counts >>> 16 < mostPerDirection) edges[at] = counts + 0x1_0000;

        for (;;) {
          const up = edges[edge * wordsPerEdge + parent]!;
          if (up === edge) break;
          edge = edges[edge * wordsPerEdge + parent] = edges[up * wordsPerEdge + parent]!;
        }
        if (root < 0) root = edge;
        else if (edge < root) root = edges[root * wordsPerEdge + parent] = edge;
        else if (edge > root) edges[edge * wordsPerEdge + parent] = root;
        from = to;
        to = side === 0 ? b : c;
      }
      if (highest - lowest === 2 && highest < knownEdges) this.twins++;
    }
    return skipped;
  }

  /** How many groups of faces are connected through edges. */
  shells(): number {
    let roots = 0;
    for (let edge = 0; edge < this.count; edge++) {
      if (this.#edges[edge * wordsPerEdge + parent] === edge) roots++;
    }
    return roots;
  }

  /** The shell of the faces on an edge that is in the table: the same number for all edges of one shell. */
  shellAt(a: number, b: number): number {
    const owner = Math.max(a, b);
    const other = Math.min(a, b);
    let edge = this.#heads[owner]! - 1;
    while (edge >= 0 && this.#edges[edge * wordsPerEdge] !== other)
      edge = this.#edges[edge * wordsPerEdge + nextInChain]! - 1;
    if (edge < 0) edge = this.#overflow.find(owner, other);
    while (this.#edges[edge * wordsPerEdge + parent] !== edge)
      edge = this.#edges[edge * wordsPerEdge + parent]!;
    return edge;
  }

  visit(visitor: EdgeVisitor): void {
    const edges = this.#edges;
    const report = (owner: number, edge: number) => {
      const counts = edges[edge * wordsPerEdge + faceCounts]!;
      visitor(edges[edge * wordsPerEdge + otherEnd]!, owner, counts & mostPerDirection, counts >>> 16);
    };
    for (let owner = 0; owner < this.#heads.length; owner++) {
      for (
        let edge = this.#heads[owner]! - 1;
        edge >= 0;
        edge = edges[edge * wordsPerEdge + nextInChain]! - 1
      ) {
        report(owner, edge);
      }
    }
    this.#overflow.visit(report);
  }

  #makeRoom(edges: number, vertices: number): void {
    const words = (this.count + edges) * wordsPerEdge;
    if (words > this.#edges.length) this.#edges = grown(this.#edges, words);
    if (vertices > this.#heads.length) this.#heads = grown(this.#heads, vertices);
  }

  /** @param steps how many edges the owner's chain holds */
  #findBeyondChain(owner: number, other: number, steps: number): number {
    if (steps < longestChain) {
      const edge = this.#create(other, this.#heads[owner]!);
      this.#heads[owner] = edge + 1;
      return edge;
    }
    const known = this.#overflow.find(owner, other);
    if (known >= 0) return known;
    const edge = this.#create(other, 0);
    this.#overflow.add(owner, other, edge);
    return edge;
  }

  #create(other: number, next: number): number {
    const edge = this.count++;
    const at = edge * wordsPerEdge;
    this.#edges[at + otherEnd] = other;
    this.#edges[at + nextInChain] = next;
    this.#edges[at + parent] = edge;
    return edge;
  }
}

/** The edges of crowded vertices, found by both end points. */
class OverflowEdges {
  #count = 0;
  #entries = new Int32Array(0);
  #table = new Int32Array(0);

  find(owner: number, other: number): number {
    if (this.#count === 0) return -1;
    const entry = this.#table[this.#slotOf(owner, other)]! - 1;
    return entry < 0 ? -1 : this.#entries[entry * 3 + 2]!;
  }

  add(owner: number, other: number, edge: number): void {
    if ((this.#count + 1) * 2 > this.#table.length) this.#rehash();
    if (this.#count * 3 + 3 > this.#entries.length)
      this.#entries = grown(this.#entries, this.#count * 3 + 192);
    this.#entries.set([owner, other, edge], this.#count * 3);
    this.#table[this.#slotOf(owner, other)] = ++this.#count;
  }

  visit(visitor: (owner: number, edge: number) => void): void {
    for (let entry = 0; entry < this.#count; entry++)
      visitor(this.#entries[entry * 3]!, this.#entries[entry * 3 + 2]!);
  }

  #slotOf(owner: number, other: number): number {
    const mask = this.#table.length - 1;
    let hash = Math.imul(owner, 0x9e37_79b1) ^ Math.imul(other, 0x85eb_ca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (;;) {
      const entry = this.#table[slot]! - 1;
      if (entry < 0) return slot;
      if (this.#entries[entry * 3] === owner && this.#entries[entry * 3 + 1] === other) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #rehash(): void {
    this.#table = new Int32Array(Math.max(128, this.#table.length * 2));
    for (let entry = 0; entry < this.#count; entry++) {
      this.#table[this.#slotOf(this.#entries[entry * 3]!, this.#entries[entry * 3 + 1]!)] = entry + 1;
    }
  }
}
