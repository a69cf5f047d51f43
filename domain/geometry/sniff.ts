import type { FileFormat } from './report.ts';

/** How many bytes of a file's start `sniff` wants to see; fewer are fine when the file is shorter. */
export const sniffBytes = 4096;

const binaryHeaderBytes = 84;
const binaryTriangleBytes = 50;

/**
 * Tells a file's format from its first bytes and its length, never from its name.
 * @param head the first `sniffBytes` bytes, or all of a shorter file
 * @param totalBytes the whole file's length
 */
export function sniff(head: Uint8Array, totalBytes: number): FileFormat {
  if (binaryCount(head) * binaryTriangleBytes + binaryHeaderBytes === totalBytes) return 'stl-binary';
  const text = latin1(head.subarray(0, sniffBytes));
  const byMagic = formatByMagic(text);
  if (byMagic !== undefined) return byMagic;
  const byText = formatByText(text.replace(/^ï»¿/, ''));
  if (byText !== undefined) return byText;
  // Exporters that stream leave a wrong count in the header: the check says so instead of turning the file away here.
  if (text.includes('\0') && totalBytes >= binaryHeaderBytes) return 'stl-binary';
  return 'unknown';
}

function binaryCount(head: Uint8Array): number {
  if (head.length < binaryHeaderBytes) return Number.NaN;
  return new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(80, true);
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function formatByMagic(text: string): FileFormat | undefined {
  if (text.startsWith('PK\x03\x04')) {
    return /\[Content_Types\]\.xml|3D\/|_rels\//.test(text) ? '3mf' : 'zip';
  }
  if (text.startsWith('%PDF-')) return 'pdf';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (/^GIF8[79]a/.test(text)) return 'gif';
  if (/^RIFF[^]{4}WEBP/.test(text)) return 'webp';
  if (text.startsWith('3D Geometry File Format')) return '3dm';
  if (/^ply\s/.test(text)) return 'ply';
  if (text.startsWith('AutoCAD Binary DXF')) return 'dxf';
  return undefined;
}

function formatByText(text: string): FileFormat | undefined {
  if (/^\s*ISO-10303/.test(text)) return 'step';
  // Column 73 of every card of an IGES file names its section: S for the start, and its number.
  if (/^[^\r\n]{72}S {0,6}\d{1,7}[ \r\n]/.test(text)) return 'iges';
  if (/^\s*solid/i.test(text) && /facet|endsolid/i.test(text.slice(0, 1024))) return 'stl-ascii';
  if (/^\s*</.test(text) && /<svg[\s>]/i.test(text)) return 'svg';
  if (/^\s*(999\s*[\r\n][^\r\n]*[\r\n]+\s*)*0\s*[\r\n]+\s*SECTION/.test(text)) return 'dxf';
  if (!text.includes('\0') && /(^|[\r\n])\s*(v\s+[-+.\d]|mtllib\s|vn\s+[-+.\d])/.test(text)) return 'obj';
  return undefined;
}
