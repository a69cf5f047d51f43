import { judgeMesh, verdictOf } from './judge-mesh.ts';
import { MeshKernel, type MeshResult } from './mesh-kernel.ts';
import {
  defaultLimits,
  kernelVersion,
  type FileFormat,
  type GeometryLimits,
  type GeometryProblem,
  type GeometryReport,
} from './report.ts';
import { AsciiStlReader } from './stl-ascii.ts';
import { BinaryStlReader, trianglesThatFit } from './stl-binary.ts';
import { formatBytes, formatCount, formatCounted } from './words.ts';

/** A check under way: push the file's bytes in order, in chunks of any size, then finish once. */
export interface GeometryCheck {
  push(chunk: Uint8Array): void;
  finish(): GeometryReport;
}

export interface GeometryCheckOptions {
  /** From `sniff`. */
  format: FileFormat;
  /** The file's length as the store knows it; memory is reserved by it and a shorter stream is reported as truncated. */
  totalBytes: number;
  limits?: GeometryLimits;
}

/** A shortest triangle of exported text; room for more is made when it comes. */
const asciiBytesPerTriangle = 160;

/**
 * Starts the check of one file. Never throws on a file's content: what can not be measured ends as a report with the verdict
 * `refused` and the reason in plain words.
 */
export function createStlCheck({
  format,
  totalBytes,
  limits = defaultLimits,
}: GeometryCheckOptions): GeometryCheck {
  const refusal = refuseUnread(format, totalBytes, limits);
  const kernel = new MeshKernel(refusal ? 0 : expectedTriangles(format, totalBytes), limits);
  const binary = format === 'stl-binary' ? new BinaryStlReader(kernel) : undefined;
  const ascii = format === 'stl-ascii' ? new AsciiStlReader(kernel) : undefined;
  let bytes = 0;
  return {
    push(chunk) {
      bytes += chunk.length;
      if (refusal || bytes > limits.bytes || kernel.triangles > limits.triangles) return;
      binary?.push(chunk, totalBytes);
      ascii?.push(chunk);
    },
    finish() {
      ascii?.end();
      const refused = refusal ?? refuseOverLimit(bytes, kernel, limits);
      const mesh = (refused ? new MeshKernel(0, limits) : kernel).finish();
      const problems = refused ? [refused] : judgeFile(mesh, bytes, totalBytes, binary, ascii, limits);
      return { format, bytes, ...mesh.measures, verdict: verdictOf(problems), problems, kernelVersion };
    },
  };
}

function expectedTriangles(format: FileFormat, totalBytes: number): number {
  return format === 'stl-binary'
    ? trianglesThatFit(totalBytes)
    : Math.ceil(totalBytes / asciiBytesPerTriangle);
}

function refuse(code: GeometryProblem['code'], message: string): GeometryProblem {
  return { code, severity: 'refusal', message };
}

function refuseUnread(
  format: FileFormat,
  totalBytes: number,
  limits: GeometryLimits,
): GeometryProblem | undefined {
  if (totalBytes === 0)
    return refuse('empty_file', 'This file is empty (0 bytes). Export the part again and send the new file.');
  if (totalBytes > limits.bytes) return tooLarge(totalBytes, limits);
  if (format === 'unknown') {
    return refuse('unknown_format', `We could not tell what kind of file this is. ${acceptedKinds}`);
  }
  if (format !== 'stl-binary' && format !== 'stl-ascii') {
    return refuse(
      'unsupported_format',
      `This is ${formatNames[format]}, which can not be measured yet. ${acceptedKinds}`,
    );
  }
  return undefined;
}

function refuseOverLimit(
  bytes: number,
  kernel: MeshKernel,
  limits: GeometryLimits,
): GeometryProblem | undefined {
  if (bytes > limits.bytes) return tooLarge(bytes, limits);
  if (kernel.triangles > limits.triangles) {
    return refuse(
      'too_many_triangles',
      `This file has more than ${formatCount(limits.triangles)} triangles, the most we can check. Export it with a coarser resolution.`,
    );
  }
  if (kernel.tooComplex) {
    return refuse(
      'too_complex',
      `The triangles of this file hang together so little that it needs more than ${formatCount(limits.vertices)} points or ` +
        `${formatCount(limits.edges)} edges, the most we can check. Export it as one closed solid or with a coarser resolution.`,
    );
  }
  return undefined;
}

function tooLarge(bytes: number, limits: GeometryLimits): GeometryProblem {
  return refuse(
    'too_large',
    `This file has ${formatBytes(bytes)}; the most we can check is ${formatBytes(limits.bytes)}. Export it with a coarser resolution.`,
  );
}

function judgeFile(
  mesh: MeshResult,
  bytes: number,
  totalBytes: number,
  binary: BinaryStlReader | undefined,
  ascii: AsciiStlReader | undefined,
  limits: GeometryLimits,
): GeometryProblem[] {
  if (bytes < totalBytes) {
    return [
      refuse(
        'truncated',
        `Only ${formatCount(bytes)} of ${formatCounted(totalBytes, 'byte')} arrived: the file is cut off. Send it again.`,
      ),
    ];
  }
  const ofMesh = judgeMesh(mesh);
  const ofContainer = binary
    ? judgeBinary(mesh, ofMesh, bytes, binary, limits)
    : ascii
      ? judgeAscii(mesh, ascii)
      : [];
  return ofContainer.some((problem) => problem.severity === 'refusal')
    ? ofContainer
    : [...ofMesh, ...ofContainer];
}

function judgeBinary(
  { measures }: MeshResult,
  ofMesh: GeometryProblem[],
  bytes: number,
  { declared = 0 }: BinaryStlReader,
  limits: GeometryLimits,
): GeometryProblem[] {
  const present = trianglesThatFit(bytes);
  if (declared === present && bytes === binaryBytes(present)) return [];
  if (ofMesh.some(({ code }) => code === 'non_finite' || code === 'extent_implausible')) {
    return [
      refuse(
        'not_a_model',
        `This does not look like a 3D model: read as a binary STL its numbers make no sense. ${acceptedKinds}`,
      ),
    ];
  }
  if (present === 0) return [];
  const wholeSolid = bytes === binaryBytes(present) && measures.openEdges === 0;
  if (declared === 0 || (declared > limits.triangles && wholeSolid)) {
    return [
      {
        code: 'wrong_count',
        severity: 'warning',
        count: present,
        message:
          `The file says it has ${formatCounted(declared, 'triangle')} but holds ${formatCount(present)}. ` +
          'We read those that are there; look at the picture and check that nothing is missing.',
      },
    ];
  }
  if (declared > present) {
    return [
      refuse(
        'truncated',
        `The file says it has ${formatCounted(declared, 'triangle')} but only ${formatCount(present)} are there: it is cut off. ` +
          'Export or send it again.',
      ),
    ];
  }
  const spare = bytes - binaryBytes(declared);
  return [
    {
      code: 'spare_bytes',
      severity: declared < present ? 'warning' : 'note',
      count: spare,
      message:
        `${formatCounted(spare, 'byte')} after the last of the ${formatCounted(declared, 'declared triangle')} were left out` +
        (declared < present
          ? `; they could hold ${formatCounted(present - declared, 'more triangle')}. Look at the picture and check that nothing is missing.`
          : '; nothing needs to be done.'),
    },
  ];
}

function binaryBytes(triangles: number): number {
  return 84 + 50 * triangles;
}

function judgeAscii({ measures }: MeshResult, ascii: AsciiStlReader): GeometryProblem[] {
  if (ascii.insideFacet || (ascii.insideSolid && measures.openEdges > 0)) {
    return [
      refuse(
        'truncated',
        `The text stops before the solid ends, after ${formatCounted(measures.triangles, 'triangle')}: the file is cut off. Export or send it again.`,
      ),
    ];
  }
  if (ascii.malformedFacets > 0) {
    return [
      refuse(
        'malformed',
        `${formatCounted(ascii.malformedFacets, 'facet')} of this file ${ascii.malformedFacets === 1 ? 'does' : 'do'} not have exactly three corners: ` +
          'the file is damaged. Export the part again from your CAD program.',
      ),
    ];
  }
  if (!ascii.insideSolid || measures.triangles === 0) return [];
  return [
    {
      code: 'missing_end',
      severity: 'note',
      message: 'The closing line "endsolid" is missing, but the solid is complete; nothing needs to be done.',
    },
  ];
}

const acceptedKinds =
  'Kinds we can measure: STL (binary and ASCII). Export the part as an STL file and send that.';

const formatNames: Record<Exclude<FileFormat, 'stl-binary' | 'stl-ascii' | 'unknown'>, string> = {
  '3mf': 'a 3MF file',
  zip: 'a ZIP archive',
  step: 'a STEP file',
  obj: 'an OBJ file',
  ply: 'a PLY file',
  dxf: 'a DXF drawing',
  svg: 'an SVG drawing',
  pdf: 'a PDF document',
  png: 'a PNG picture',
  jpeg: 'a JPEG picture',
  '3dm': 'a Rhino 3DM file',
};
