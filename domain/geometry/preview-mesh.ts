import { boundsOf } from './bounds.ts';
import { clusterVertices } from './cluster-vertices.ts';
import type { IndexedMesh } from './triangle-sink.ts';

/**
 * A mesh as small as a browser likes it, little-endian:
 * bytes 0..3 the mark, 4..7 vertices, 8..11 triangles, 12..23 lowest corner (3 float32, mm), 24..35 size (3 float32, mm),
 * then per vertex three uint16 (0..65535 across the size), padded to four bytes, then per triangle three uint16 vertex ids.
 */
const mark = 0x314d504b;
const headerBytes = 36;
const steps = 65_535;
/** Ids fit 16 bits. With two triangles to a vertex the whole is about 1.2 MB, with the most it is 1.6 MB. */
export const mostPreviewVertices = 65_535;
const mostPreviewTriangles = 200_000;

/** Packs a mesh; one above the budget is thinned by putting near vertices together. */
export function packPreview(mesh: IndexedMesh): Uint8Array<ArrayBuffer> {
  const small =
    mesh.positions.length / 3 > mostPreviewVertices ? clusterVertices(mesh, mostPreviewVertices) : mesh;
  const vertices = small.positions.length / 3;
  const triangles = Math.min(small.triangles.length / 3, mostPreviewTriangles);
  const positionBytes = Math.ceil((vertices * 6) / 4) * 4;
  const buffer = new ArrayBuffer(headerBytes + positionBytes + triangles * 6);
  const { low, size } = boundsOf(small.positions);
  const view = new DataView(buffer);
  view.setUint32(0, mark, true);
  view.setUint32(4, vertices, true);
  view.setUint32(8, triangles, true);
  for (let axis = 0; axis < 3; axis++) {
    view.setFloat32(12 + 4 * axis, low[axis]!, true);
    view.setFloat32(24 + 4 * axis, size[axis]!, true);
  }
  const packed = new Uint16Array(buffer, headerBytes, vertices * 3);
  for (let at = 0; at < packed.length; at++) {
    const extent = size[at % 3]!;
    packed[at] = extent > 0 ? Math.round(((small.positions[at]! - low[at % 3]!) / extent) * steps) : 0;
  }
  new Uint16Array(buffer, headerBytes + positionBytes, triangles * 3).set(
    small.triangles.subarray(0, triangles * 3),
  );
  return new Uint8Array(buffer);
}

/** The mesh of a packed preview. @throws RangeError when the bytes are not one */
export function unpackPreview(buffer: ArrayBuffer): IndexedMesh {
  const view = new DataView(buffer);
  if (buffer.byteLength < headerBytes || view.getUint32(0, true) !== mark)
    throw new RangeError('Not a preview');
  const vertices = view.getUint32(4, true);
  const triangles = view.getUint32(8, true);
  const packed = new Uint16Array(buffer, headerBytes, vertices * 3);
  const positions = new Float32Array(vertices * 3);
  for (let at = 0; at < positions.length; at++)
    positions[at] =
      view.getFloat32(12 + 4 * (at % 3), true) +
      (packed[at]! / steps) * view.getFloat32(24 + 4 * (at % 3), true);
  const ids = new Uint16Array(buffer, headerBytes + Math.ceil((vertices * 6) / 4) * 4, triangles * 3);
  return { positions, triangles: Int32Array.from(ids) };
}
