import { acceptedKinds } from './accepted-kinds.ts';
import type { Found, MeshFound, ReadContext, StreamReader } from './file-reader.ts';
import { inspectMesh } from './inspect-mesh.ts';
import { judgeMesh, verdictOf } from './judge-mesh.ts';
import { judgeSize, proposeUnit } from './judge-size.ts';
import { MeshKernel, type KeepOptions } from './mesh-kernel.ts';
import {
  kernelVersion,
  type FileFormat,
  type FileUnit,
  type GeometryLimits,
  type GeometryProblem,
  type GeometryReport,
  type MeshReport,
} from './report.ts';
import { ObjReader } from './obj.ts';
import { PlyReader } from './ply.ts';
import { AsciiStlReader } from './stl-ascii.ts';
import { BinaryStlReader } from './stl-binary.ts';
import type { IndexedMesh } from './triangle-sink.ts';
import { refusal } from './unreadable-file.ts';
import { formatBytes, formatCount, formatCounted } from './words.ts';

/** Why a file is refused before it is read, if it is. */
export function refuseUnread(
  format: FileFormat,
  totalBytes: number,
  limits: GeometryLimits,
): GeometryProblem | undefined {
  if (totalBytes === 0)
    return refusal(
      'empty_file',
      'This file is empty (0 bytes). Export the part again and send the new file.',
    );
  if (totalBytes > limits.bytes) return tooLarge(totalBytes, limits);
  if (format === 'unknown') {
    return refusal('unknown_format', `We could not tell what kind of file this is. ${acceptedKinds}`);
  }
  return undefined;
}

/** The refusal of a kind that has no reader. */
export function refuseUnsupported(format: Exclude<FileFormat, 'unknown'>): GeometryProblem {
  return refusal(
    'unsupported_format',
    `This is ${formatNames[format]}, which can not be measured yet. ${acceptedKinds}`,
  );
}

/** The reader of a format that is read as it streams in; undefined for one that has to be there as a whole. */
export function openStreamReader(context: ReadContext): StreamReader | undefined {
  switch (context.format) {
    case 'stl-binary':
      return new BinaryStlReader(context);
    case 'stl-ascii':
      return new AsciiStlReader(context);
    case 'obj':
      return new ObjReader(context);
    case 'ply':
      return new PlyReader(context);
    default:
      return undefined;
  }
}

export interface FileCheckOptions {
  /** What the kernel is to keep; without it the faces, so that no second look is needed. */
  keep?: KeepOptions;
  /** Look at walls and overlapping bodies too. */
  inspect?: boolean;
}

/** One file under check: gives its reader the context, and turns what the reader found into the report. */
export class FileCheck {
  readonly context: ReadContext;
  readonly #inspects: boolean;
  #kernel: MeshKernel | undefined;

  constructor(
    { format, totalBytes, limits }: Omit<ReadContext, 'openSink'>,
    { keep, inspect = true }: FileCheckOptions = {},
  ) {
    this.#inspects = inspect;
    this.context = {
      format,
      totalBytes,
      limits,
      openSink: (expectedTriangles) => (this.#kernel ??= new MeshKernel(expectedTriangles, limits, keep)),
    };
  }

  /** Whether reading on is in vain. */
  get full(): boolean {
    return this.#kernel?.full ?? false;
  }

  /** A context for reading the file once more when the mesh can only so be judged; undefined when there is no need. */
  secondLook(): ReadContext | undefined {
    const sink = this.#kernel?.secondLook();
    return sink && { ...this.context, openSink: () => sink };
  }

  /** The mesh that was read, if the file holds one and it was to be kept. */
  mesh(): IndexedMesh | undefined {
    return this.#kernel?.mesh();
  }

  /**
   * @param found what the reader found
   * @param bytes how many bytes came
   */
  report(found: Found, bytes: number): GeometryReport {
    const { totalBytes, limits, format } = this.context;
    if (bytes > limits.bytes) return this.refuse(tooLarge(bytes, limits), bytes);
    if (bytes < totalBytes && found.kind !== 'mesh') return this.refuse(brokenOff(bytes, totalBytes), bytes);
    const base = { format, bytes, kernelVersion };
    switch (found.kind) {
      case 'mesh':
        return this.#reportMesh(found, bytes);
      case 'drawing': {
        const { measures } = found;
        const unit = unitOf(found);
        const ofSize = judgeSize(measures.boundingBoxMm, unit);
        const proposedUnit = proposeUnit(measures.boundingBoxMm, unit);
        const problems = [...found.problems, ...(ofSize ? [ofSize] : [])];
        return {
          kind: 'drawing',
          ...base,
          ...measures,
          unit,
          ...(proposedUnit && { proposedUnit }),
          verdict: verdictOf(problems),
          problems,
        };
      }
      case 'attachment':
        return { kind: 'attachment', ...base, verdict: verdictOf(found.problems), problems: found.problems };
    }
  }

  /** A report that says only why the file is refused. */
  refuse(problem: GeometryProblem, bytes: number): GeometryReport {
    const { format } = this.context;
    if (!this.#kernel)
      return {
        kind: 'attachment',
        format,
        bytes,
        verdict: 'refused',
        problems: [problem],
        kernelVersion,
      };
    const { measures } = new MeshKernel(0, this.context.limits).finish();
    return this.#meshReport(measures, { name: 'mm', source: 'assumed' }, [problem], bytes);
  }

  #reportMesh(found: MeshFound, bytes: number): GeometryReport {
    const { totalBytes, limits } = this.context;
    const kernel = this.#kernel ?? new MeshKernel(0, limits);
    const overLimit = refuseOverLimit(kernel, limits);
    if (overLimit) return this.refuse(overLimit, bytes);
    const mesh = kernel.finish();
    const unit = unitOf(found);
    if (bytes < totalBytes)
      return this.#meshReport(mesh.measures, unit, [brokenOff(bytes, totalBytes)], bytes);
    const ofMesh = judgeMesh(mesh, unit);
    const ofFile = found.judge(mesh, ofMesh);
    if (ofFile.some(({ severity }) => severity === 'refusal'))
      return this.#meshReport(mesh.measures, unit, ofFile, bytes);
    if (!this.#inspects || verdictOf(ofMesh) === 'refused')
      return this.#meshReport(mesh.measures, unit, [...ofMesh, ...ofFile], bytes);
    const proposedUnit = proposeUnit(mesh.measures.boundingBoxMm, unit);
    const { walls, problems } = inspectMesh(kernel, mesh.measures, proposedUnit !== undefined);
    return {
      ...this.#meshReport(mesh.measures, unit, [...ofMesh, ...problems, ...ofFile], bytes),
      ...(walls && { walls }),
    };
  }

  #meshReport(
    measures: ReturnType<MeshKernel['finish']>['measures'],
    unit: FileUnit,
    problems: GeometryProblem[],
    bytes: number,
  ): MeshReport {
    const { format } = this.context;
    const proposedUnit = proposeUnit(measures.boundingBoxMm, unit);
    return {
      kind: 'mesh',
      format,
      bytes,
      unit,
      ...(proposedUnit && { proposedUnit }),
      ...measures,
      verdict: verdictOf(problems),
      problems,
      kernelVersion,
    };
  }
}

function unitOf({
  unit,
  assumedUnit = 'mm',
}: {
  unit?: FileUnit['name'];
  assumedUnit?: FileUnit['name'];
}): FileUnit {
  return unit ? { name: unit, source: 'stated' } : { name: assumedUnit, source: 'assumed' };
}

function brokenOff(bytes: number, totalBytes: number): GeometryProblem {
  return refusal(
    'truncated',
    `Only ${formatCount(bytes)} of ${formatCounted(totalBytes, 'byte')} arrived: the file is cut off. Send it again.`,
  );
}

function refuseOverLimit(kernel: MeshKernel, limits: GeometryLimits): GeometryProblem | undefined {
  if (kernel.triangles > limits.triangles) {
    return refusal(
      'too_many_triangles',
      `This file has more than ${formatCount(limits.triangles)} triangles, the most we can check. Export it with a coarser resolution.`,
    );
  }
  if (kernel.tooComplex) {
    return refusal(
      'too_complex',
      `The triangles of this file hang together so little that it needs more than ${formatCount(limits.vertices)} points or ` +
        `${formatCount(limits.edges)} edges, the most we can check. Export it as one closed solid or with a coarser resolution.`,
    );
  }
  return undefined;
}

function tooLarge(bytes: number, limits: GeometryLimits): GeometryProblem {
  return refusal(
    'too_large',
    `This file has ${formatBytes(bytes)}; the most we can check is ${formatBytes(limits.bytes)}. Export it with a coarser resolution.`,
  );
}

const formatNames: Record<Exclude<FileFormat, 'unknown'>, string> = {
  'stl-binary': 'a binary STL file',
  'stl-ascii': 'an ASCII STL file',
  '3mf': 'a 3MF file',
  zip: 'a ZIP archive',
  step: 'a STEP file',
  iges: 'an IGES file',
  obj: 'an OBJ file',
  ply: 'a PLY file',
  dxf: 'a DXF drawing',
  svg: 'an SVG drawing',
  pdf: 'a PDF document',
  png: 'a PNG picture',
  jpeg: 'a JPEG picture',
  webp: 'a WebP picture',
  gif: 'a GIF picture',
  '3dm': 'a Rhino 3DM file',
};
