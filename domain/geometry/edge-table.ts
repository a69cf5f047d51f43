import { CrowdedEdges } from './crowded-edges.ts';
import type { MeshMemory } from './mesh-memory.ts';

const wordsPerEdge = 3;
const groupWord = 1;
const nextWord = 2;
/** The lower bits of the first two words are numbers, the upper eight count faces. */
const numberBits = 0xff_ffff;
const countShift = 24;

/** An edge seen once per undirected pair: `forward` faces run from `from` to `to`, `backward` faces the other way. */
export type EdgeVisitor = (from: number, to: number, forward: number, backward: number) => void;

/** What the core counts of edges; the rest is read from its memory. */
export interface EdgeCounters {
  readonly edgeCount: { value: number };
  readonly pairedCount: { value: number };
  readonly groupCount: { value: number };
  readonly mergeCount: { value: number };
  readonly twinCount: { value: number };
}

/**
 * The faces on every edge by direction, and which faces hang together by edges. The core writes the records; an edge hangs on
 * the end point with the larger id, in a chain or, where a point has many, in `crowded`.
 */
export class EdgeTable {
  readonly crowded = new CrowdedEdges();
  readonly #memory: MeshMemory;
  readonly #counters: () => EdgeCounters;
  /** Faces beyond the 255 that a record counts: forward and backward by edge. */
  readonly #beyond = new Map<number, [forward: number, backward: number]>();

  constructor(memory: MeshMemory, counters: () => EdgeCounters) {
    this.#memory = memory;
    this.#counters = counters;
  }

  get count(): number {
    return this.#counters().edgeCount.value;
  }

  /** Whether every edge has exactly two faces that run opposite ways. */
  get allPaired(): boolean {
    return this.#counters().pairedCount.value === this.count;
  }

  /** Faces found to have exactly the edges that one earlier face had brought: its doubles. */
  get twins(): number {
    return this.#counters().twinCount.value;
  }

  /** How many groups of faces are connected through edges. */
  get shells(): number {
    const { groupCount, mergeCount } = this.#counters();
    return groupCount.value - mergeCount.value;
  }

  /** One face more on an edge whose record is full for the direction. */
  countBeyond(edge: number, forward: boolean): void {
    const counts = this.#beyond.get(edge) ?? [0, 0];
    counts[forward ? 0 : 1]++;
    this.#beyond.set(edge, counts);
  }

  /** The shell of the faces on an edge that is in the table: the same number for all edges of one shell. */
  shellAt(a: number, b: number): number {
    const { words, places } = this.#memory;
    const owner = Math.max(a, b);
    const other = Math.min(a, b);
    let edge = words[places.heads + owner]!;
    while (edge !== 0 && (words[this.#at(edge)]! & numberBits) !== other)
      edge = words[this.#at(edge) + nextWord]!;
    if (edge === 0) edge = this.crowded.find(owner, other);
    let group = words[this.#at(edge) + groupWord]! & numberBits;
    while (words[places.groups + group] !== group) group = words[places.groups + group]!;
    return group;
  }

  /** @param points how many points there are */
  visit(points: number, visitor: EdgeVisitor): void {
    const { words, places } = this.#memory;
    const report = (owner: number, edge: number) => {
      const first = words[this.#at(edge)]!;
      const forward = first >>> countShift;
      const backward = words[this.#at(edge) + groupWord]! >>> countShift;
      const beyond = forward === 0xff || backward === 0xff ? this.#beyond.get(edge) : undefined;
      visitor(first & numberBits, owner, forward + (beyond?.[0] ?? 0), backward + (beyond?.[1] ?? 0));
    };
    for (let owner = 0; owner < points; owner++) {
      for (let edge = words[places.heads + owner]!; edge !== 0; edge = words[this.#at(edge) + nextWord]!)
        report(owner, edge);
    }
    this.crowded.visit(report);
  }

  #at(edge: number): number {
    return this.#memory.places.edges + (edge - 1) * wordsPerEdge;
  }
}
