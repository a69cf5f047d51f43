import createOcct from 'occt-import-js';
import type { LengthUnit } from '#domain/geometry/report.ts';
import { packageFile } from './package-file.ts';
import type { CadMesh, CadSolid } from './cad-result.ts';

/**
 * Curved faces become flat ones: no chord leaves its face by more than a tenth of a millimetre, nor turns by more than half a
 * radian.
 */
const tessellation = {
  linearUnit: 'millimeter',
  linearDeflectionType: 'absolute_value',
  linearDeflection: 0.1,
  angularDeflection: 0.5,
} as const;

/**
 * The bodies of a STEP or IGES file, tessellated, in mm. Undefined when it can not be read.
 * @param mostTriangles later bodies are left out once this many are there
 */
export async function readStepOrIges(
  format: 'step' | 'iges',
  bytes: Uint8Array,
  mostTriangles: number,
): Promise<CadMesh | undefined> {
  const occt = await createOcct({ wasmBinary: packageFile('occt-import-js/dist/occt-import-js.wasm') });
  const result = (format === 'step' ? occt.ReadStepFile : occt.ReadIgesFile)(bytes, tessellation);
  if (!result.success) return undefined;
  const solids: CadSolid[] = [];
  let triangles = 0;
  for (const { attributes, index } of result.meshes) {
    triangles += index.array.length / 3;
    solids.push({
      positions: Float32Array.from(attributes.position.array),
      triangles: Uint32Array.from(index.array),
    });
    if (triangles > mostTriangles) break;
  }
  const unit = format === 'step' ? unitOfStep(bytes) : unitOfIges(bytes);
  return { kind: 'mesh', solids, ...(unit && { unit }), problems: [] };
}

const latin1 = new TextDecoder('latin1');

/** ISO 10303-41: a unit of length is an SI metre with a prefix, or named by its conversion. */
export function unitOfStep(bytes: Uint8Array): LengthUnit | undefined {
  const text = latin1.decode(bytes);
  const named = /CONVERSION_BASED_UNIT\s*\(\s*'\s*(INCH|IN|FOOT|FEET|FT)\s*'/i.exec(text)?.[1];
  if (named) return /^I/i.test(named) ? 'inch' : 'foot';
  const metre = /SI_UNIT\s*\(\s*(?:\.(\w+)\.|\$)\s*,\s*\.METRE\.\s*\)/i.exec(text);
  if (!metre) return undefined;
  const prefixes: Record<string, LengthUnit> = { MILLI: 'mm', CENTI: 'cm', MICRO: 'micron' };
  return metre[1] === undefined ? 'm' : prefixes[metre[1].toUpperCase()];
}

/** IGES 5.3, section 2.2.4.3: the unit flag is the 14th parameter of the global section (lines marked G in column 73). */
export function unitOfIges(bytes: Uint8Array): LengthUnit | undefined {
  const lines = latin1.decode(bytes.subarray(0, 20_000)).split(/\r\n|\r|\n/);
  const section = lines
    .filter((line) => line[72] === 'G')
    .map((line) => line.slice(0, 72))
    .join('');
  const flags: Record<string, LengthUnit> = {
    1: 'inch',
    2: 'mm',
    4: 'foot',
    6: 'm',
    9: 'micron',
    10: 'cm',
  };
  const flag = globalParameters(section)[13];
  return flag === undefined ? undefined : flags[flag.trim()];
}

/** Parameters are split by a delimiter that the first of them may change; text is written with its length, as `4Hfile`. */
function globalParameters(section: string): string[] {
  const delimiter = /^1H(.)/.exec(section)?.[1] ?? ',';
  const found: string[] = [];
  let at = 0;
  while (at < section.length && found.length < 20) {
    const text = /^\s*(\d+)H/.exec(section.slice(at, at + 12));
    const from = at;
    if (text) at += text[0].length + Number(text[1]);
    const end = section.indexOf(delimiter, at);
    found.push(section.slice(from, end < 0 ? undefined : end));
    if (end < 0) break;
    at = end + 1;
  }
  return found;
}
