import { strToU8, zipSync, type Zippable } from 'fflate';
import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';

/** The shortest text of a float32 reads back as the same bits. */
const text = (value: number) => String(value);

const pointsOf = ({ positions }: IndexedMesh) =>
  Array.from({ length: positions.length / 3 }, (_, point) => [
    ...positions.subarray(point * 3, point * 3 + 3),
  ]);
const facesOf = ({ triangles }: IndexedMesh) =>
  Array.from({ length: triangles.length / 3 }, (_, face) => [...triangles.subarray(face * 3, face * 3 + 3)]);

export interface ObjDialect {
  /** Count corners back from the newest point. */
  negative?: boolean;
  /** Write corners as point/texture/normal. */
  slashes?: boolean;
  lineEnd?: string;
}

export function asObj(
  mesh: IndexedMesh,
  { negative, slashes, lineEnd = '\n' }: ObjDialect = {},
): Uint8Array<ArrayBuffer> {
  const points = pointsOf(mesh);
  const corner = (vertex: number) => {
    const number = negative ? vertex - points.length : vertex + 1;
    return slashes ? `${number}/1/${number}` : `${number}`;
  };
  return strToU8(
    [
      '# made for a test',
      'mtllib none.mtl',
      'vt 0 0',
      ...points.map((point) => `v ${point.map(text).join(' ')}`),
      'usemtl none',
      ...facesOf(mesh).map((face) => `f ${face.map(corner).join(' ')}`),
      '',
    ].join(lineEnd),
  );
}

export function asAsciiPly(mesh: IndexedMesh, lineEnd = '\n'): Uint8Array<ArrayBuffer> {
  const points = pointsOf(mesh);
  const faces = facesOf(mesh);
  return strToU8(
    [
      'ply',
      'format ascii 1.0',
      'comment made for a test',
      `element vertex ${points.length}`,
      'property uchar red',
      'property float z',
      'property float x',
      'property float y',
      `element face ${faces.length}`,
      'property list uchar int vertex_indices',
      'end_header',
      ...points.map(([x, y, z]) => `255 ${text(z!)} ${text(x!)} ${text(y!)}`),
      ...faces.map((face) => `3 ${face.join(' ')}`),
      '',
    ].join(lineEnd),
  );
}

export function asBinaryPly(
  mesh: IndexedMesh,
  littleEndian: boolean,
  lineEnd = '\n',
): Uint8Array<ArrayBuffer> {
  const points = pointsOf(mesh);
  const faces = facesOf(mesh);
  const header = strToU8(
    [
      'ply',
      `format binary_${littleEndian ? 'little' : 'big'}_endian 1.0`,
      `element vertex ${points.length}`,
      'property double x',
      'property uchar red',
      'property float y',
      'property float z',
      `element face ${faces.length}`,
      'property list uint8 uint16 vertex_index',
      'property short flags',
      'end_header',
      '',
    ].join(lineEnd),
  );
  const bytes = new Uint8Array(header.length + points.length * 17 + faces.length * 9);
  bytes.set(header);
  const view = new DataView(bytes.buffer);
  let at = header.length;
  for (const [x, y, z] of points) {
    view.setFloat64(at, x!, littleEndian);
    view.setFloat32(at + 9, y!, littleEndian);
    view.setFloat32(at + 13, z!, littleEndian);
    at += 17;
  }
  for (const face of faces) {
    bytes[at] = 3;
    face.forEach((vertex, corner) => view.setUint16(at + 1 + corner * 2, vertex, littleEndian));
    at += 9;
  }
  return bytes;
}

export const threeMfMesh = (mesh: IndexedMesh): string =>
  `<mesh><vertices>${pointsOf(mesh)
    .map(([x, y, z]) => `<vertex x="${text(x!)}" y="${text(y!)}" z="${text(z!)}"/>`)
    .join('')}</vertices><triangles>${facesOf(mesh)
    .map(([a, b, c]) => `<triangle v1="${a}" v2="${b}" v3="${c}"/>`)
    .join('')}</triangles></mesh>`;

/** A package of one model part, or with more parts under their own names. */
export function as3mf(model: string, more: Zippable = {}): Uint8Array<ArrayBuffer> {
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    '_rels/.rels': strToU8(
      '<Relationships><Relationship Id="r" Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel" Target="/3D/3dmodel.model"/></Relationships>',
    ),
    '3D/3dmodel.model': strToU8(`<?xml version="1.0" encoding="UTF-8"?>\n${model}`),
    ...more,
  });
}

/** A model part that builds one object. */
export const threeMfModel = (mesh: IndexedMesh, attributes = 'unit="millimeter"'): string =>
  `<model ${attributes}><resources><object id="1" type="model">${threeMfMesh(mesh)}</object></resources><build><item objectid="1"/></build></model>`;
