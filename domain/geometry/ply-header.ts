import { UnreadableFile } from './unreadable-file.ts';

export type PlyEncoding = 'ascii' | 'binary_little_endian' | 'binary_big_endian';

export type PlyType = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'float32' | 'float64';

export interface PlyProperty {
  name: string;
  type: PlyType;
  /** Type of the length in front of a list; absent for a single value. */
  lengthType?: PlyType;
}

export interface PlyElement {
  name: string;
  /** As the file claims. */
  rows: number;
  properties: PlyProperty[];
}

export interface PlyHeader {
  encoding: PlyEncoding;
  elements: PlyElement[];
}

const types: Readonly<Record<string, PlyType>> = {
  char: 'int8',
  uchar: 'uint8',
  short: 'int16',
  ushort: 'uint16',
  int: 'int32',
  uint: 'uint32',
  float: 'float32',
  double: 'float64',
  int8: 'int8',
  uint8: 'uint8',
  int16: 'int16',
  uint16: 'uint16',
  int32: 'int32',
  uint32: 'uint32',
  float32: 'float32',
  float64: 'float64',
};

export const bytesOfPlyType: Readonly<Record<PlyType, number>> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  float64: 8,
};

const encodings: readonly string[] = ['ascii', 'binary_little_endian', 'binary_big_endian'];
const mostElements = 100;
const mostProperties = 1000;

/** Reads the header's lines from `ply` to the one before `end_header`. */
export function parsePlyHeader(text: string): PlyHeader {
  let encoding: PlyEncoding | undefined;
  const elements: PlyElement[] = [];
  for (const line of text.split(/[\r\n]+/)) {
    const [keyword, ...words] = line.trim().split(/\s+/);
    if (keyword === 'format') {
      if (!encodings.includes(words[0] ?? '')) throw damaged(`its format line says "${shown(line)}"`);
      encoding = words[0] as PlyEncoding;
    } else if (keyword === 'element') elements.push(parseElement(words, line));
    else if (keyword === 'property') {
      const element = elements.at(-1);
      if (!element) throw damaged('a property stands before the first element');
      element.properties.push(parseProperty(words, line));
      if (element.properties.length > mostProperties) throw damaged('an element has too many properties');
    }
    if (elements.length > mostElements) throw damaged('it has too many elements');
  }
  if (!encoding) throw damaged('its format line is missing');
  return { encoding, elements };
}

function parseElement([name, count]: string[], line: string): PlyElement {
  const rows = Number(count);
  if (!name || !Number.isSafeInteger(rows) || rows < 0) throw damaged(`one line says "${shown(line)}"`);
  return { name, rows, properties: [] };
}

function parseProperty(words: string[], line: string): PlyProperty {
  const list = words[0] === 'list';
  const [typeName, name] = list ? words.slice(2) : words;
  const type = types[typeName ?? ''];
  const lengthType = list ? types[words[1] ?? ''] : undefined;
  if (!type || !name || (list && !lengthType)) throw damaged(`one line says "${shown(line)}"`);
  return { name, type, ...(lengthType && { lengthType }) };
}

function shown(line: string): string {
  return line.slice(0, 80).replaceAll(/[^\x20-\x7e]/g, '?');
}

function damaged(why: string): UnreadableFile {
  return new UnreadableFile(
    'malformed',
    `The header of this PLY file can not be understood: ${why}. Export the part again.`,
  );
}
