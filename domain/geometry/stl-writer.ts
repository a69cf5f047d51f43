import { triangleCross } from './mesh-measures.ts';
import type { IndexedMesh } from './triangle-sink.ts';

const headerBytes = 84;
const recordBytes = 50;

export function binaryStlBytes(triangles: number): number {
  return headerBytes + recordBytes * triangles;
}

/** The mesh as a binary STL, with normals; coordinates are in mm. */
export function writeBinaryStl(mesh: IndexedMesh): Uint8Array<ArrayBuffer> {
  const triangles = mesh.triangles.length / 3;
  const bytes = new Uint8Array(binaryStlBytes(triangles));
  const view = new DataView(bytes.buffer);
  view.setUint32(80, triangles, true);
  for (let triangle = 0; triangle < triangles; triangle++) {
    const at = headerBytes + recordBytes * triangle;
    const normal = triangleCross(mesh, triangle);
    const length = Math.hypot(...normal) || 1;
    for (let axis = 0; axis < 3; axis++) {
      view.setFloat32(at + axis * 4, normal[axis]! / length, true);
      for (let corner = 0; corner < 3; corner++) {
        const value = mesh.positions[mesh.triangles[triangle * 3 + corner]! * 3 + axis]!;
        view.setFloat32(at + 12 + corner * 12 + axis * 4, value, true);
      }
    }
  }
  return bytes;
}
