import { grown } from './growable.ts';
import type { MeshCore } from './mesh-core.ts';
import { TriangleBatch } from './triangle-batch.ts';
import type { TriangleSink } from './triangle-sink.ts';

/**
 * The faces of a mesh by vertex ids, 12 bytes each; faces with two corners in one point are left out. As a sink it takes the
 * faces of a file that is read a second time, when its points are known.
 */
export class FaceList extends TriangleBatch implements TriangleSink {
  count = 0;
  readonly full = false;
  readonly #core: MeshCore;
  #faces: Int32Array;

  constructor(core: MeshCore, expectedFaces: number) {
    super();
    this.#core = core;
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

  protected override take(bytes: Uint8Array, at: number, triangles: number, stride: number): number {
    const finite = this.#core.identify(bytes, at, triangles, stride);
    this.add(this.#core.ids, finite);
    return finite;
  }
}
