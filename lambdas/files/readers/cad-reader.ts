import type { Found, ReadContext } from '#domain/geometry/file-reader.ts';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import { cadFormats, type CadFormat, type CadMesh } from './cad-result.ts';
import { readInWorker } from './read-in-worker.ts';
import { readAll, type Reader } from './reader.ts';

const mostBytes: Record<CadFormat, number> = {
  step: 100_000_000,
  iges: 100_000_000,
  '3dm': 200_000_000,
  dxf: 50_000_000,
  svg: 50_000_000,
};

/** STEP, IGES and 3DM for bodies, DXF and SVG for drawings: read by libraries on a thread of their own. */
export const cadReader: Reader = {
  async read(content, context) {
    const format = cadFormats.find((each) => each === context.format);
    if (!format) throw new Error(`No reader for ${context.format}`);
    const bytes = await readAll(content, context, mostBytes[format]);
    // A file cut off on its way is told so by its length, not by what the library makes of the rest.
    if (bytes.length < context.totalBytes) return { kind: 'attachment', problems: [] };
    const result = await readInWorker({ format, bytes, mostTriangles: context.limits.triangles });
    if (result.kind === 'unreadable') throw new UnreadableFile(result.code, result.message);
    return result.kind === 'mesh' ? pour(result, context) : result;
  },
};

function pour({ solids, unit, problems }: CadMesh, context: ReadContext): Found {
  const total = solids.reduce((sum, { triangles }) => sum + triangles.length / 3, 0);
  const sink = context.openSink(total);
  for (const { positions, triangles } of solids)
    for (let at = 0; at < triangles.length && !sink.full; at += 3) {
      for (let corner = 0; corner < 3; corner++) {
        const from = triangles[at + corner]! * 3;
        sink.corners[3 * corner] = positions[from]!;
        sink.corners[3 * corner + 1] = positions[from + 1]!;
        sink.corners[3 * corner + 2] = positions[from + 2]!;
      }
      sink.addTriangle();
    }
  return { kind: 'mesh', ...(unit && { unit }), judge: () => problems };
}
