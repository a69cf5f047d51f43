import { webAssembly, type WasmMemory } from './web-assembly.ts';

const pageBytes = 65_536;
const mostPages = 65_536;

// Fixed places; mesh-core.as knows them too.
const sumsAt = 0;
const idsAt = 1024;
/** Where triangles are put for the core, and how many bytes fit. */
export const inputAt = 20_480;
export const inputBytes = 40_960;
const pointsAt = 65_536;

const pointBytes = 12;
const headBytes = 4;
const edgeBytes = 12;
const groupBytes = 4;
const slotBytes = 4;
/** Slots of the table of points for each point: fewer make searches longer, more take memory that has to be fetched. */
const slotsPerPoint = 2;
const growth = 1.5;

/** How many of each there is room for. */
export interface Room {
  points: number;
  edges: number;
  groups: number;
}

interface Places {
  heads: number;
  edges: number;
  groups: number;
  table: number;
  slots: number;
  end: number;
}

/** What changes places in memory when it grows, told where it lies now. */
export type PlacesTaker = (
  points: number,
  heads: number,
  edges: number,
  groups: number,
  table: number,
  slots: number,
) => void;

/**
 * The linear memory of one core: points of 12 bytes, first edge of each, edges of 12 bytes, groups, and the table of points.
 * Reserved room that is never written takes no memory of the machine.
 */
export class MeshMemory {
  readonly memory: WasmMemory;
  bytes!: Uint8Array<ArrayBuffer>;
  words!: Uint32Array<ArrayBuffer>;
  floats!: Float32Array<ArrayBuffer>;
  sums!: Float64Array<ArrayBuffer>;
  ids!: Int32Array<ArrayBuffer>;
  /** First word of the coordinates of point 0, of the first edge of each point, of edge 1, and of group 0. */
  places!: { points: number; heads: number; edges: number; groups: number };
  #room: Room;
  #at: Places;

  constructor(room: Room) {
    this.#room = room;
    this.#at = placesFor(room);
    this.memory = new webAssembly.Memory({
      initial: Math.ceil(this.#at.end / pageBytes),
      maximum: mostPages,
    });
    this.#view();
    this.floats.fill(Infinity, sumsAt / 4, sumsAt / 4 + 4);
    this.floats.fill(-Infinity, sumsAt / 4 + 4, sumsAt / 4 + 8);
  }

  tellPlaces(taker: PlacesTaker): void {
    const { heads, edges, groups, table, slots } = this.#at;
    taker(pointsAt, heads, edges, groups, table, slots);
  }

  hasRoom({ points, edges, groups }: Room): boolean {
    return points <= this.#room.points && edges <= this.#room.edges && groups <= this.#room.groups;
  }

  /**
   * Makes room for more, by half of what there is at least. The table of points comes out empty.
   * @param held how many of each there are
   */
  grow(needed: Room, held: Room): void {
    const from = this.#at;
    const more = (name: keyof Room) =>
      needed[name] <= this.#room[name]
        ? this.#room[name]
        : Math.max(needed[name], Math.ceil(this.#room[name] * growth));
    const room = { points: more('points'), edges: more('edges'), groups: more('groups') };
    const to = placesFor(room);
    const pages = Math.ceil(to.end / pageBytes) - this.bytes.length / pageBytes;
    if (pages > 0) this.memory.grow(pages);
    this.bytes = new Uint8Array(this.memory.buffer);
    // The last first: each moves up to where the next one was.
    this.bytes.copyWithin(to.groups, from.groups, from.groups + held.groups * groupBytes);
    this.bytes.copyWithin(to.edges, from.edges, from.edges + held.edges * edgeBytes);
    this.bytes.copyWithin(to.heads, from.heads, from.heads + held.points * headBytes);
    this.bytes.fill(0, to.heads + held.points * headBytes, to.edges);
    this.bytes.fill(0, to.table, to.end);
    this.#room = room;
    this.#at = to;
    this.#view();
  }

  #view(): void {
    const { buffer } = this.memory;
    this.bytes = new Uint8Array(buffer);
    this.words = new Uint32Array(buffer);
    this.floats = new Float32Array(buffer);
    this.sums = new Float64Array(buffer, sumsAt, 10);
    this.ids = new Int32Array(buffer, idsAt, 768);
    const { heads, edges, groups } = this.#at;
    this.places = { points: pointsAt / 4, heads: heads / 4, edges: edges / 4, groups: groups / 4 };
  }
}

function placesFor({ points, edges, groups }: Room): Places {
  const slots = points * slotsPerPoint;
  const headsAt = pointsAt + points * pointBytes;
  const edgesAt = headsAt + points * headBytes;
  const groupsAt = edgesAt + edges * edgeBytes;
  const table = groupsAt + groups * groupBytes;
  return {
    heads: headsAt,
    edges: edgesAt,
    groups: groupsAt,
    table,
    slots,
    end: table + slots * slotBytes,
  };
}
