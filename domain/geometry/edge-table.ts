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
  #edges: Int32Array;
  #heads: Int32Array;
  readonly #overflow = new OverflowEdges();

  /** @param expectedEdges @param expectedVertices what to make room for at the start */
  constructor(expectedEdges: number, expectedVertices: number) {
    this.#edges = new Int32Array(Math.max(16, expectedEdges) * wordsPerEdge);
    this.#heads = new Int32Array(Math.max(16, expectedVertices));
  }

  /** Adds one face by the ids of its corners, which must be three different ones. */
  addFace(a: number, b: number, c: number): void {
    const first = this.#rootOf(this.#addEdge(a, b));
    const second = this.#join(first, this.#rootOf(this.#addEdge(b, c)));
    this.#join(second, this.#rootOf(this.#addEdge(c, a)));
  }

  /** How many groups of faces are connected through edges. */
  shells(): number {
    let roots = 0;
    for (let edge = 0; edge < this.count; edge++) {
      if (this.#edges[edge * wordsPerEdge + parent] === edge) roots++;
    }
    return roots;
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

  #addEdge(from: number, to: number): number {
    const forward = from < to;
    const owner = forward ? to : from;
    const other = forward ? from : to;
    const edge = this.#find(owner, other);
    const at = edge * wordsPerEdge + faceCounts;
    const counts = this.#edges[at]!;
    if (forward) {
      if ((counts & mostPerDirection) < mostPerDirection) this.#edges[at] = counts + 1;
    } else if (counts >>> 16 < mostPerDirection) this.#edges[at] = counts + 0x1_0000;
    return edge;
  }

  #find(owner: number, other: number): number {
    if (owner >= this.#heads.length) this.#heads = grown(this.#heads, owner + 1);
    const edges = this.#edges;
    let steps = 0;
    for (
      let edge = this.#heads[owner]! - 1;
      edge >= 0;
      edge = edges[edge * wordsPerEdge + nextInChain]! - 1
    ) {
      if (edges[edge * wordsPerEdge + otherEnd] === other) return edge;
      steps++;
    }
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
    if (at + wordsPerEdge > this.#edges.length) this.#edges = grown(this.#edges, at + wordsPerEdge);
    this.#edges[at + otherEnd] = other;
    this.#edges[at + nextInChain] = next;
    this.#edges[at + parent] = edge;
    return edge;
  }

  #rootOf(edge: number): number {
    const edges = this.#edges;
    let at = edge;
    for (;;) {
      const up = edges[at * wordsPerEdge + parent]!;
      if (up === at) return at;
      const above = edges[up * wordsPerEdge + parent]!;
      edges[at * wordsPerEdge + parent] = above;
      at = above;
    }
  }

  #join(a: number, b: number): number {
    const root = Math.min(a, b);
    this.#edges[Math.max(a, b) * wordsPerEdge + parent] = root;
    return root;
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
