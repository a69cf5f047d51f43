import createRhino, { type File3dm, type GeometryBase, type RhinoModule } from 'rhino3dm';
import type { GeometryProblem, LengthUnit } from '#domain/geometry/report.ts';
import { millimetresPer } from '#domain/geometry/units.ts';
import { formatCounted } from '#domain/geometry/words.ts';
import type { CadMesh, CadResult, CadSolid } from './cad-result.ts';
import { packageFile } from './package-file.ts';

/** How deep blocks may lie in blocks, and how many bodies they may make. */
const mostBlockLevels = 16;
const mostBodies = 20_000;

/** Row by row, as Rhino stores it. */
type Matrix = readonly number[];

/** The meshes that Rhino stored with the bodies of a file, in mm. Surfaces without one can not be measured: Rhino alone can mesh them. */
export async function readRhino(bytes: Uint8Array, mostTriangles: number): Promise<CadResult> {
  const rhino = await createRhino({ wasmBinary: packageFile('rhino3dm/rhino3dm.wasm') });
  const file = rhino.File3dm.fromByteArray(bytes) as File3dm | null;
  if (!file)
    return {
      kind: 'unreadable',
      code: 'malformed',
      message:
        'This Rhino file is damaged or of a version we can not read. Save it again, or export the part as STEP or STL.',
    };
  const unit = unitOf(rhino, file);
  const walk = new BodyWalk(rhino, file, unit ? millimetresPer[unit] : 1, mostTriangles);
  walk.all();
  if (walk.solids.length === 0)
    return {
      kind: 'unreadable',
      code: 'no_stored_mesh',
      message:
        walk.withoutMesh > 0
          ? 'This Rhino file holds surfaces but no meshes, so it can not be measured as it is. In Rhino, shade the view once and ' +
            'save without "Save Small", or export the part as STEP or STL.'
          : 'This Rhino file holds no bodies. Check that the part is not hidden, then save it again.',
    };
  return {
    kind: 'mesh',
    solids: walk.solids,
    ...(unit && { unit }),
    problems: walk.problems(),
  } satisfies CadMesh;
}

function unitOf({ UnitSystem }: RhinoModule, file: File3dm): LengthUnit | undefined {
  const stated = file.settings().modelUnitSystem;
  const units = new Map<unknown, LengthUnit>([
    [UnitSystem.Microns, 'micron'],
    [UnitSystem.Millimeters, 'mm'],
    [UnitSystem.Centimeters, 'cm'],
    [UnitSystem.Meters, 'm'],
    [UnitSystem.Inches, 'inch'],
    [UnitSystem.Feet, 'foot'],
  ]);
  return units.get(stated);
}

/** Collects the stored meshes of a file's objects, those of blocks where the blocks stand. */
class BodyWalk {
  readonly solids: CadSolid[] = [];
  withoutMesh = 0;
  #triangles = 0;
  #bodies = 0;
  #hidden = 0;
  readonly #rhino: RhinoModule;
  readonly #file: File3dm;
  readonly #scale: number;
  readonly #mostTriangles: number;

  constructor(rhino: RhinoModule, file: File3dm, scale: number, mostTriangles: number) {
    this.#rhino = rhino;
    this.#file = file;
    this.#scale = scale;
    this.#mostTriangles = mostTriangles;
  }

  all(): void {
    const objects = this.#file.objects();
    for (let at = 0; at < objects.count; at++) {
      const object = objects.get(at);
      const attributes = object.attributes();
      if (attributes.isInstanceDefinitionObject) continue;
      if (attributes.visible) this.#take(object.geometry(), undefined, 0);
      else this.#hidden++;
    }
  }

  problems(): GeometryProblem[] {
    const found: GeometryProblem[] = [];
    if (this.withoutMesh > 0)
      found.push({
        code: 'no_stored_mesh',
        severity: 'repair',
        count: this.withoutMesh,
        message:
          `${formatCounted(this.withoutMesh, 'body', 'bodies')} of this Rhino file ${this.withoutMesh === 1 ? 'has' : 'have'} no stored mesh and ` +
          'could not be measured. Shade the view in Rhino and save without "Save Small", or export the part as STEP.',
      });
    if (this.#hidden > 0)
      found.push({
        code: 'left_out',
        severity: 'note',
        count: this.#hidden,
        message: `${formatCounted(this.#hidden, 'hidden object')} ${this.#hidden === 1 ? 'was' : 'were'} left out.`,
      });
    return found;
  }

  #take(geometry: GeometryBase, placed: Matrix | undefined, level: number): void {
    if (++this.#bodies > mostBodies || this.#triangles > this.#mostTriangles) return;
    const { Brep, Extrusion, InstanceReference, Mesh, MeshType, SubD } = this.#rhino;
    if (geometry instanceof Mesh) this.#add(geometry, placed);
    else if (geometry instanceof Extrusion) this.#addOrMiss(geometry.getMesh(MeshType.Any), placed);
    else if (geometry instanceof Brep) this.#takeFaces(geometry, placed);
    else if (geometry instanceof SubD) this.withoutMesh++;
    else if (geometry instanceof InstanceReference) this.#takeBlock(geometry, placed, level);
  }

  #takeFaces(brep: InstanceType<RhinoModule['Brep']>, placed: Matrix | undefined): void {
    const faces = brep.faces();
    const meshes = Array.from({ length: faces.count }, (_, at) =>
      faces.get(at).getMesh(this.#rhino.MeshType.Any),
    );
    // A body with a face missing would look open without being so.
    if (meshes.length === 0 || meshes.some((mesh) => !mesh)) this.withoutMesh++;
    else for (const mesh of meshes) this.#add(mesh, placed);
  }

  #takeBlock(
    block: InstanceType<RhinoModule['InstanceReference']>,
    placed: Matrix | undefined,
    level: number,
  ): void {
    if (level >= mostBlockLevels) return;
    const definition = this.#file.instanceDefinitions().findId(block.parentIdefId);
    const own = block.xform.toFloatArray(true) as Matrix;
    const matrix = placed ? multiplied(placed, own) : own;
    for (const id of definition.getObjectIds() as Iterable<string>) {
      const object = this.#file.objects().findId(id);
      if (object.attributes().visible) this.#take(object.geometry(), matrix, level + 1);
    }
  }

  #addOrMiss(mesh: InstanceType<RhinoModule['Mesh']> | null, placed: Matrix | undefined): void {
    if (mesh) this.#add(mesh, placed);
    else this.withoutMesh++;
  }

  #add(mesh: InstanceType<RhinoModule['Mesh']>, placed: Matrix | undefined): void {
    // Typed as `object`: three's own format of a geometry, quads already split.
    const { data } = mesh.toThreejsJSON() as {
      data: { attributes: { position: { array: number[] } }; index: { array: number[] } };
    };
    const positions = Float32Array.from(data.attributes.position.array);
    for (let at = 0; at < positions.length; at += 3) {
      const point = [positions[at]!, positions[at + 1]!, positions[at + 2]!] as const;
      for (let row = 0; row < 3; row++)
        positions[at + row] = this.#scale * (placed ? rowTimes(placed, row, point) : point[row]!);
    }
    const triangles = Uint32Array.from(data.index.array);
    this.#triangles += triangles.length / 3;
    this.solids.push({ positions, triangles });
  }
}

const rowTimes = (m: Matrix, row: number, [x, y, z]: readonly [number, number, number]): number =>
  m[4 * row]! * x + m[4 * row + 1]! * y + m[4 * row + 2]! * z + m[4 * row + 3]!;

function multiplied(a: Matrix, b: Matrix): Matrix {
  return Array.from({ length: 16 }, (_, at) => {
    const [row, column] = [Math.floor(at / 4), at % 4];
    return [0, 1, 2, 3].reduce((sum, k) => sum + a[4 * row + k]! * b[4 * k + column]!, 0);
  });
}
