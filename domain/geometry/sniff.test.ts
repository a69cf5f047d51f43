import { describe, expect, it } from 'vitest';
import type { FileFormat } from './report.ts';
import { sniff } from './sniff.ts';

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const sniffWhole = (bytes: Uint8Array) => sniff(bytes, bytes.length);

function binaryStl(triangles: number, header = ''): Uint8Array {
  const bytes = new Uint8Array(84 + 50 * triangles);
  bytes.set(ascii(header));
  new DataView(bytes.buffer).setUint32(80, triangles, true);
  return bytes;
}

describe('sniff', () => {
  it('takes a file whose length fits its count for a binary STL, even when it begins with solid and facet', () => {
    expect(sniffWhole(binaryStl(3, 'solid facet'))).toBe('stl-binary');
    expect(sniffWhole(binaryStl(0))).toBe('stl-binary');
  });

  it('takes a binary STL with a wrong count for a binary STL', () => {
    const bytes = binaryStl(3);
    new DataView(bytes.buffer).setUint32(80, 0xffff_fff0, true);
    expect(sniffWhole(bytes)).toBe('stl-binary');
  });

  it.each<[FileFormat, string]>([
    ['stl-ascii', 'solid part\nfacet normal 0 0 1\n'],
    ['stl-ascii', '\ufeff  SOLID part\rFACET NORMAL 0 0 1'.replace('\ufeff', 'ï»¿')],
    ['stl-ascii', 'solid Empty\nendsolid Empty'],
    ['step', 'ISO-10303-21;\nHEADER;'],
    ['3mf', 'PK\x03\x04\x14\0\0\0\b\0[Content_Types].xml'],
    ['zip', 'PK\x03\x04\x14\0\0\0\b\0holiday.jpg'],
    ['pdf', '%PDF-1.7\n'],
    ['png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
    ['gif', 'GIF89a'],
    ['webp', 'RIFF\x24\0\0\0WEBPVP8 '],
    ['iges', `${'bracket'.padEnd(72)}S      1\n`],
    ['3dm', '3D Geometry File Format        5'],
    ['ply', 'ply\nformat ascii 1.0\n'],
    ['dxf', '  0\r\nSECTION\r\n  2\r\nHEADER\r\n'],
    ['dxf', '999\nmade by a drawing program\n0\nSECTION\n'],
    ['svg', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">'],
    ['obj', '# made by a modeller\no part\nv 0 0 0\nv 1 0 0\nf 1 2 3\n'],
    ['unknown', 'Dear shop, please find attached'],
    ['unknown', 'solid advice for beginners'],
    ['unknown', ''],
  ])('calls it %s: %j', (format, text) => expect(sniffWhole(ascii(text))).toBe(format));
});
