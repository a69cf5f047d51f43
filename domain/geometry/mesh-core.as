// The inner loop of the geometry check, in AssemblyScript. `node scripts/build-wasm.ts` compiles it into mesh-core-binary.ts;
// mesh-core.ts gives it memory and calls it. Numbers of points, edges and groups are at most 24 bits long: the other 8 bits of
// their words hold a tag or a count.

// Fixed places in memory; mesh-memory.ts knows them too.
const SUMS: usize = 0;
const IDS: usize = 1024;
const HASHES: usize = 4096;
const CANDIDATES: usize = 7168;
const CORNERS: usize = 10240;

const LOW: usize = SUMS;
const HIGH: usize = SUMS + 16;
const TWICE_AREA: usize = SUMS + 32;
const SIXFOLD_VOLUME: usize = SUMS + 40;
const ORIGIN: usize = SUMS + 48;
const ORIGIN_KNOWN: usize = SUMS + 72;

const POINT_BYTES: usize = 12;
const EDGE_BYTES: usize = 12;
const NEXT_IN_CHAIN: usize = 8;

const ID_BITS: u32 = 0x00ff_ffff;
const TAG_SHIFT: u32 = 24;
const HIGH_BITS: u32 = 0xff00_0000;
const ONE_FACE: u32 = 0x0100_0000;
const ONE_EACH_WAY: u32 = 0x0101;
const NO_GROUP: u32 = 0xffff_ffff;

/** Chains longer than this go on in a hash outside, or a fan of n triangles would cost n squared steps. */
const LONGEST_CHAIN = 40;

// Where the growing arrays lie. Edges are numbered from 1, so that 0 can end a chain: theirs begins one record early.
let points: usize = 0;
let heads: usize = 0;
let edges: usize = 0;
let groups: usize = 0;
let table: usize = 0;
let slots: u64 = 0;

export let pointCount: u32 = 0;
export let edgeCount: u32 = 0;
/** Edges with exactly one face each way. */
export let pairedCount: u32 = 0;
/** Groups of connected faces ever begun, and how many of them were found to be part of another. */
export let groupCount: u32 = 0;
export let mergeCount: u32 = 0;
/** Faces that have exactly the edges which one earlier face had brought. */
export let twinCount: u32 = 0;
/** Faces with two corners in one point. */
export let degenerateCount: u32 = 0;
/** Keeps loads alive that only bring memory near. */
export let touched: u32 = 0;

/** The number of an edge of a crowded point, 0 if it is not known. */
@external("outside", "findCrowded")
declare function findCrowded(owner: u32, other: u32): u32;
@external("outside", "addCrowded")
declare function addCrowded(owner: u32, other: u32, edge: u32): void;
/** A face more on an edge whose 8 bits for that direction are full. */
@external("outside", "countBeyond")
declare function countBeyond(edge: u32, forward: bool): void;

export function place(pointsAt: usize, headsAt: usize, edgesAt: usize, groupsAt: usize, tableAt: usize, slotCount: u32): void {
  points = pointsAt;
  heads = headsAt;
  edges = edgesAt - EDGE_BYTES;
  groups = groupsAt;
  table = tableAt;
  slots = slotCount;
}

/** Numbers the corners of the triangles at `at`; gives how many corners are finite. Their ids are at IDS. */
export function identify(at: usize, triangles: u32, stride: usize): u32 {
  const corners = gather(at, triangles, stride);
  lookAhead(corners);
  weld(corners);
  return corners;
}

/** Takes the triangles at `at` into all counts and sums; gives how many corners are finite. Their ids are at IDS. */
export function add(at: usize, triangles: u32, stride: usize): u32 {
  const corners = identify(at, triangles, stride);
  measure(corners);
  join(corners);
  return corners;
}

/** Puts all points into an empty table. */
export function rehash(): void {
  for (let id: u32 = 0; id < pointCount; id++) {
    const hash = hashAt(points + <usize>id * POINT_BYTES);
    let slot = slotOf(hash);
    while (load<u32>(slot) != 0) slot = slotAfter(slot);
    store<u32>(slot, (id + 1) | (hash << TAG_SHIFT));
  }
}

@inline
function hashAt(at: usize): u32 {
  let hash = (load<u32>(at) * 0x9e37_79b1) ^ (load<u32>(at, 4) * 0x85eb_ca6b) ^ (load<u32>(at, 8) * 0xc2b2_ae35);
  hash = (hash ^ (hash >>> 15)) * 0x2c1b_3c6d;
  return hash ^ (hash >>> 13);
}

/** Where the search for a hash begins: its share of all hashes is the slot's share of the table, which may have any length. */
@inline
function slotOf(hash: u32): usize {
  return table + (<usize>((<u64>hash * slots) >> 32) << 2);
}

@inline
function slotAfter(slot: usize): usize {
  slot += 4;
  return slot == table + (<usize>slots << 2) ? table : slot;
}

/** Copies finite triangles to CORNERS and hashes these; gives how many corners there are. */
function gather(at: usize, triangles: u32, stride: usize): u32 {
  const end = at + <usize>triangles * stride;
  const positiveZero = f32x4.splat(0);
  let corners: usize = 0;
  for (; at < end; at += stride) {
    const first = v128.load(at);
    const second = v128.load(at, 16);
    // Words 5 to 8: overlapping the one before, so that nothing behind the triangle is read.
    const third = v128.load(at, 20);
    // A number less itself is 0 when it is finite, and else not a number.
    const finite = v128.or(v128.or(f32x4.sub(first, first), f32x4.sub(second, second)), f32x4.sub(third, third));
    if (v128.any_true(finite)) continue;
    const to = CORNERS + corners * POINT_BYTES;
    // Adding 0 turns -0 into 0 and changes nothing else.
    v128.store(to, f32x4.add(first, positiveZero));
    v128.store(to, f32x4.add(second, positiveZero), 16);
    v128.store(to, f32x4.add(third, positiveZero), 20);
    for (let corner: usize = 0; corner < 3; corner++)
      store<u32>(HASHES + ((corners + corner) << 2), hashAt(to + corner * POINT_BYTES));
    corners += 3;
  }
  return <u32>corners;
}

/**
 * Looks up where each search will begin. Nothing here waits for anything else, so that the processor fetches many far places of
 * the table at once.
 */
function lookAhead(corners: u32): void {
  for (let corner: usize = 0; corner < <usize>corners; corner++)
    store<u32>(CANDIDATES + (corner << 2), load<u32>(slotOf(load<u32>(HASHES + (corner << 2)))));
}

/** Gives equal points one id. A slot of the table holds id + 1 and the lower 8 bits of the hash; 0 is free. */
function weld(corners: u32): void {
  const pointsAt = points - POINT_BYTES;
  let count = pointCount;
  for (let corner: usize = 0; corner < <usize>corners; corner++) {
    const at = CORNERS + corner * POINT_BYTES;
    const x = load<u32>(at);
    const y = load<u32>(at, 4);
    const z = load<u32>(at, 8);
    const hash = load<u32>(HASHES + (corner << 2));
    let entry = load<u32>(CANDIDATES + (corner << 2));
    let slot = slotOf(hash);
    let number: u32 = 0;
    for (;;) {
      if (entry == 0) {
        // The candidate may be older than a point of this batch.
        entry = load<u32>(slot);
        if (entry == 0) {
          number = ++count;
          store<u32>(slot, number | (hash << TAG_SHIFT));
          const to = pointsAt + <usize>number * POINT_BYTES;
          store<u32>(to, x);
          store<u32>(to, y, 4);
          store<u32>(to, z, 8);
          break;
        }
      }
      if (entry >>> TAG_SHIFT == (hash & 0xff)) {
        number = entry & ID_BITS;
        const known = pointsAt + <usize>number * POINT_BYTES;
        if (load<u32>(known) == x && load<u32>(known, 4) == y && load<u32>(known, 8) == z) break;
      }
      slot = slotAfter(slot);
      entry = load<u32>(slot);
    }
    store<u32>(IDS + (corner << 2), number - 1);
  }
  pointCount = count;
}

/** Box, area and volume in float64; the volume as tetrahedra over each triangle and the first point, exact far from the origin. */
function measure(corners: u32): void {
  if (corners == 0) return;
  if (load<u32>(ORIGIN_KNOWN) == 0) {
    store<u32>(ORIGIN_KNOWN, 1);
    for (let axis: usize = 0; axis < 3; axis++) store<f64>(ORIGIN + (axis << 3), <f64>load<f32>(CORNERS + (axis << 2)));
  }
  const ox = load<f64>(ORIGIN);
  const oy = load<f64>(ORIGIN, 8);
  const oz = load<f64>(ORIGIN, 16);
  let low = v128.load(LOW);
  let high = v128.load(HIGH);
  let twiceArea = load<f64>(TWICE_AREA);
  let sixfoldVolume = load<f64>(SIXFOLD_VOLUME);
  const end = CORNERS + <usize>corners * POINT_BYTES;
  for (let at = CORNERS; at < end; at += 36) {
    // The fourth number of each belongs to whatever follows and is never looked at.
    const p = v128.load(at);
    const q = v128.load(at, 12);
    const r = v128.load(at, 24);
    low = f32x4.pmin(f32x4.pmin(low, p), f32x4.pmin(q, r));
    high = f32x4.pmax(f32x4.pmax(high, p), f32x4.pmax(q, r));
    const px = <f64>load<f32>(at);
    const py = <f64>load<f32>(at, 4);
    const pz = <f64>load<f32>(at, 8);
    const ux = <f64>load<f32>(at, 12) - px;
    const uy = <f64>load<f32>(at, 16) - py;
    const uz = <f64>load<f32>(at, 20) - pz;
    const vx = <f64>load<f32>(at, 24) - px;
    const vy = <f64>load<f32>(at, 28) - py;
    const vz = <f64>load<f32>(at, 32) - pz;
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    twiceArea += sqrt(nx * nx + ny * ny + nz * nz);
    sixfoldVolume += (px - ox) * nx + (py - oy) * ny + (pz - oz) * nz;
  }
  v128.store(LOW, low);
  v128.store(HIGH, high);
  store<f64>(TWICE_AREA, twiceArea);
  store<f64>(SIXFOLD_VOLUME, sixfoldVolume);
}

/** Counts faces on their edges and joins those that share one. */
function join(corners: u32): void {
  bringHeadsNear(corners);
  for (let corner: usize = 0; corner < <usize>corners; corner += 3) {
    const a = load<u32>(IDS + (corner << 2));
    const b = load<u32>(IDS + (corner << 2), 4);
    const c = load<u32>(IDS + (corner << 2), 8);
    if (a == b || b == c || c == a) {
      degenerateCount++;
      continue;
    }
    const newest = edges + <usize>edgeCount * EDGE_BYTES;
    const ca = edgeBetween(c, a);
    const ab = edgeBetween(a, b);
    const bc = edgeBetween(b, c);
    const lowest = min(ca, min(ab, bc));
    const highest = max(ca, max(ab, bc));
    if (highest <= newest && highest - lowest == 2 * EDGE_BYTES) twinCount++;

    let group = NO_GROUP;
    if (ca <= newest) group = merged(group, groupOf(ca));
    if (ab <= newest) group = merged(group, groupOf(ab));
    if (bc <= newest) group = merged(group, groupOf(bc));
    if (group == NO_GROUP) {
      group = groupCount++;
      store<u32>(groups + (<usize>group << 2), group);
    }
    addFace(ca, c < a, group);
    addFace(ab, a < b, group);
    addFace(bc, b < c, group);
  }
}

/** Of triangles in no order, the edges of the next few hundred lie anywhere: all are asked for before the first is needed. */
function bringHeadsNear(corners: u32): void {
  const headsAt = heads;
  let sum: u32 = 0;
  for (let corner: usize = 0; corner < <usize>corners; corner++)
    sum += load<u32>(headsAt + (<usize>load<u32>(IDS + (corner << 2)) << 2));
  touched = sum;
}

/**
 * Where the edge's record lies: (other end | faces from other to owner << 24), (group | faces from owner to other << 24), next in
 * chain. It hangs on the end point with the larger id, its owner.
 */
@inline
function edgeBetween(from: u32, to: u32): usize {
  const owner = max(from, to);
  const other = min(from, to);
  const first = load<u32>(heads + (<usize>owner << 2));
  let edge = first;
  let steps = 0;
  while (edge != 0) {
    const at = edges + <usize>edge * EDGE_BYTES;
    if ((load<u32>(at) & ID_BITS) == other) return at;
    edge = load<u32>(at, NEXT_IN_CHAIN);
    steps++;
  }
  if (steps >= LONGEST_CHAIN) return edgeBeyondChain(owner, other);
  edge = ++edgeCount;
  store<u32>(heads + (<usize>owner << 2), edge);
  return begin(edge, other, first);
}

function edgeBeyondChain(owner: u32, other: u32): usize {
  const known = findCrowded(owner, other);
  if (known != 0) return edges + <usize>known * EDGE_BYTES;
  const edge = ++edgeCount;
  addCrowded(owner, other, edge);
  return begin(edge, other, 0);
}

@inline
function begin(edge: u32, other: u32, next: u32): usize {
  const at = edges + <usize>edge * EDGE_BYTES;
  store<u32>(at, other);
  store<u32>(at, 0, 4);
  store<u32>(at, next, NEXT_IN_CHAIN);
  return at;
}

@inline
function groupOf(edge: usize): u32 {
  return load<u32>(edge, 4) & ID_BITS;
}

@inline
function merged(group: u32, other: u32): u32 {
  if (group == other || group == NO_GROUP) return other;
  return merge(group, other);
}

function merge(group: u32, other: u32): u32 {
  const one = rootOf(group);
  const two = rootOf(other);
  const root = min(one, two);
  if (one != two) {
    mergeCount++;
    store<u32>(groups + (<usize>max(one, two) << 2), root);
  }
  return root;
}

/** Halves the path on its way. */
function rootOf(group: u32): u32 {
  let at = groups + (<usize>group << 2);
  let up = load<u32>(at);
  while (up != group) {
    const upper = load<u32>(groups + (<usize>up << 2));
    store<u32>(at, upper);
    group = upper;
    at = groups + (<usize>group << 2);
    up = load<u32>(at);
  }
  return group;
}

@inline
function addFace(at: usize, forward: bool, group: u32): void {
  let forwards = load<u32>(at);
  let backwards = (load<u32>(at, 4) & HIGH_BITS) | group;
  const before = (forwards >>> 24) | ((backwards >>> 24) << 8);
  if (forward) {
    if (forwards < HIGH_BITS) forwards += ONE_FACE;
    else countBeyond(<u32>((at - edges) / EDGE_BYTES), true);
  } else {
    if (backwards < HIGH_BITS) backwards += ONE_FACE;
    else countBeyond(<u32>((at - edges) / EDGE_BYTES), false);
  }
  store<u32>(at, forwards);
  store<u32>(at, backwards, 4);
  const after = (forwards >>> 24) | ((backwards >>> 24) << 8);
  pairedCount += <u32>(after == ONE_EACH_WAY) - <u32>(before == ONE_EACH_WAY);
}
