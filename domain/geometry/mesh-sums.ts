import { emptyBox, type BoundingBoxMm } from './report.ts';

/**
 * Box, area and volume of a surface, summed in float64. Volume is the sum of signed tetrahedra over each triangle and the first
 * point, which keeps it exact far from the origin.
 */
export class MeshSums {
  /** min x y z, max x y z */
  readonly #bounds = new Float64Array([Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]);
  readonly #origin = new Float64Array(3);
  #empty = true;
  #twiceArea = 0;
  #sixfoldVolume = 0;

  /** @param coordinates nine per triangle, mm */
  add(coordinates: Float32Array, triangles: number): void {
    const origin = this.#origin;
    if (this.#empty) {
      origin.set(coordinates.subarray(0, 3));
      this.#empty = false;
    }
    const ox = origin[0]!;
    const oy = origin[1]!;
    const oz = origin[2]!;
    const bounds = this.#bounds;
    let minX = bounds[0]!;
    let minY = bounds[1]!;
    let minZ = bounds[2]!;
    let maxX = bounds[3]!;
    let maxY = bounds[4]!;
    let maxZ = bounds[5]!;
    let twiceArea = this.#twiceArea;
    let sixfoldVolume = this.#sixfoldVolume;
    for (let at = 0; at < triangles * 9; at += 9) {
      const px = coordinates[at]!;
      const py = coordinates[at + 1]!;
      const pz = coordinates[at + 2]!;
      const qx = coordinates[at + 3]!;
      const qy = coordinates[at + 4]!;
      const qz = coordinates[at + 5]!;
      const rx = coordinates[at + 6]!;
      const ry = coordinates[at + 7]!;
      const rz = coordinates[at + 8]!;
      if (px < minX) minX = px;
      if (qx < minX) minX = qx;
      if (rx < minX) minX = rx;
      if (px > maxX) maxX = px;
      if (qx > maxX) maxX = qx;
      if (rx > maxX) maxX = rx;
      if (py < minY) minY = py;
      if (qy < minY) minY = qy;
      if (ry < minY) minY = ry;
      if (py > maxY) maxY = py;
      if (qy > maxY) maxY = qy;
      if (ry > maxY) maxY = ry;
      if (pz < minZ) minZ = pz;
      if (qz < minZ) minZ = qz;
      if (rz < minZ) minZ = rz;
      if (pz > maxZ) maxZ = pz;
      if (qz > maxZ) maxZ = qz;
      if (rz > maxZ) maxZ = rz;
      const ux = qx - px;
      const uy = qy - py;
      const uz = qz - pz;
      const vx = rx - px;
      const vy = ry - py;
      const vz = rz - pz;
      const nx = uy * vz - uz * vy;
      const ny = uz * vx - ux * vz;
      const nz = ux * vy - uy * vx;
      twiceArea += Math.sqrt(nx * nx + ny * ny + nz * nz);
      sixfoldVolume += (px - ox) * nx + (py - oy) * ny + (pz - oz) * nz;
    }
    bounds[0] = minX;
    bounds[1] = minY;
    bounds[2] = minZ;
    bounds[3] = maxX;
    bounds[4] = maxY;
    bounds[5] = maxZ;
    this.#twiceArea = twiceArea;
    this.#sixfoldVolume = sixfoldVolume;
  }

  get areaMm2(): number {
    return this.#twiceArea / 2;
  }

  /** Below 0 when the faces point inwards. */
  get volumeMm3(): number {
    return this.#sixfoldVolume / 6;
  }

  get box(): BoundingBoxMm {
    if (this.#empty) return emptyBox;
    // Adding 0 turns -0 into 0.
    const bound = (index: number) => this.#bounds[index]! + 0;
    const [x0, y0, z0, x1, y1, z1] = [bound(0), bound(1), bound(2), bound(3), bound(4), bound(5)];
    return { min: [x0, y0, z0], max: [x1, y1, z1], size: [x1 - x0, y1 - y0, z1 - z0] };
  }
}
