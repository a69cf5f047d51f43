import { grown } from './growable.ts';
import { TriangleBatch, trianglesPerBatch } from './triangle-batch.ts';
import type { TriangleSink } from './triangle-sink.ts';
import type { VertexWeld } from './vertex-weld.ts';

/**
 * The faces of a mesh by vertex ids, 12 bytes each; faces with two corners in one point are left out. As a sink it takes the
 * faces of a file that is read a second time, when its points are known.
 */
export class FaceList extends TriangleBatch implements TriangleSink {
  count = 0;
  readonly full = false;
  readonly #weld: VertexWeld;
  readonly #ids = new Int32Array(trianglesPerBatch * 3);
  #faces: Int32Array;

  constructor(weld: VertexWeld, expectedFaces: number) {
    super();
    this.#weld = weld;
    this.#faces = new Int32Array(expectedFaces * 3);
  }

  /** @param ids three per face */
  add(ids: Int32Array, faces: number): void {
    let at = this.count * 3;
    if (at + faces * 3 > this.#faces.length) this.#faces = grown(this.#faces, at + faces * 3);
    const kept = this.#faces;
    for (let corner = 0; corner < faces * 3; corner += 3) {
      const a = ids[corner]!;
      const b = ids[corner + 1]!;
      const c = ids[corner + 2]!;
      if (a === b || b === c || c === a) continue;
      kept[at] = a;
      kept[at + 1] = b;
      kept[at + 2] = c;
      at += 3;
    }
    this.count = at / 3;
  }

  /** Three vertex ids per face. The array is the list's own. */
  vertexIds(): Int32Array {
    return this.#faces.subarray(0, this.count * 3);
  }

  protected override take(_: Float32Array, bits: Int32Array, triangles: number): void {
    this.#weld.idsOf(bits, triangles * 3, this.#ids);
    this.add(this.#ids, triangles);
  }
}
