import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceSha256 } from './ascii-facets-binary.ts';
import { AsciiFacets } from './ascii-facets.ts';
import { readAsciiNumber } from './ascii-number.ts';
import { TriangleBatch } from './triangle-batch.ts';

/** Keeps what it is given. */
class Kept extends TriangleBatch {
  readonly full = false;
  readonly coordinates: number[] = [];

  protected override take(bytes: Uint8Array, at: number, triangles: number): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at);
    for (let word = 0; word < triangles * 9; word++) this.coordinates.push(view.getFloat32(word * 4, true));
    return triangles;
  }
}

const encode = (text: string) => new TextEncoder().encode(text);
const facet = (...numbers: readonly string[]) =>
  `facet normal 0 0 1\n outer loop\n${[0, 3, 6]
    .map((at) => `  vertex ${numbers.slice(at, at + 3).join(' ')}\n`)
    .join('')} endloop\nendfacet\n`;
const usual = facet('0', '0', '0', '1', '0', '0', '0', '1', '0');

function read(text: string): { read: number; coordinates: number[] } {
  const sink = new Kept();
  return { read: new AsciiFacets().read(encode(text), 0, sink), coordinates: sink.coordinates };
}

describe('facets as most programs write them', () => {
  it('are read by what the source beside the binary says', () => {
    const source = readFileSync(new URL('ascii-facets.as', import.meta.url));
    expect(createHash('sha256').update(source).digest('hex')).toBe(sourceSha256);
  });

  it('have the numbers that the reader of all forms reads, to the last bit', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 9 });
    const number = fc
      .tuple(
        fc.constantFrom('', '-', '+'),
        digits,
        fc.option(digits, { nil: undefined }),
        fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e-', 'E+'), fc.integer({ min: 0, max: 40 }))),
      )
      .map(
        ([sign, whole, part, power]) =>
          `${sign}${whole}${part === undefined ? '' : `.${part}`}${power ? power.join('') : ''}`,
      );
    let tried = 0;
    let taken = 0;
    fc.assert(
      fc.property(number, (text) => {
        tried++;
        const { coordinates } = read(facet(text, '0', '0', '1', '0', '0', '0', '1', '0'));
        if (coordinates.length === 0) return;
        taken++;
        const bytes = encode(text);
        expect(Object.is(coordinates[0], Math.fround(readAsciiNumber(bytes, 0, bytes.length)))).toBe(true);
      }),
      { numRuns: 3000, seed: 20261121 },
    );
    expect(taken).toBeGreaterThan(tried / 3);
  });

  it.each([
    ['in capitals, with tabs and CR LF', usual.toUpperCase().replaceAll('\n', '\r\n').replaceAll(' ', '\t')],
    ['with a normal that is not a number', usual.replace('0 0 1', 'nan nan nan')],
    ['on one line', usual.replaceAll('\n', ' ')],
  ])('%s are taken whole', (_, text) => {
    const { read: end, coordinates } = read(text + text);
    expect(coordinates.length).toBe(18);
    expect(end).toBe(2 * text.trimEnd().length + (text.length - text.trimEnd().length));
  });

  it.each([
    ['two corners', usual.replace('  vertex 1 0 0\n', '')],
    ['four corners', usual.replace(' endloop', '  vertex 1 1 0\n endloop')],
    ['a coordinate that is not a number', usual.replace('vertex 1', 'vertex nan')],
    ['a coordinate of 16 digits', usual.replace('vertex 1', 'vertex 1.000000000000001')],
    ['a power of ten beyond 22', usual.replace('vertex 1', 'vertex 1e23')],
    ['a number without digits', usual.replace('vertex 1', 'vertex -.')],
    ['letters behind a number', usual.replace('vertex 1', 'vertex 1mm')],
    ['a power without digits', usual.replace('vertex 1', 'vertex 1e')],
    ['a longer word', usual.replace('endloop', 'endloops')],
    ['no normal', usual.replace(' normal 0 0 1', '')],
    ['digits without end', `${usual.slice(0, usual.indexOf('vertex') + 7)}${'1'.repeat(200_000)}`],
    ['blanks without end', `facet${' '.repeat(200_000)}`],
  ])('that have %s are left to the reader of all forms', (_, text) => {
    expect(read(text + usual)).toEqual({ read: 0, coordinates: [] });
    expect(read(usual + text)).toMatchObject({ coordinates: [0, 0, 0, 1, 0, 0, 0, 1, 0] });
  });

  it('are taken only when all of the facet and a blank behind it are there', () => {
    const whole = usual.trimEnd();
    for (let end = 0; end <= whole.length; end++)
      expect(read(whole.slice(0, end))).toEqual({ read: 0, coordinates: [] });
    expect(read(`${whole} `).coordinates.length).toBe(9);
  });

  it('are looked for in vain only so often', () => {
    const facets = new AsciiFacets();
    const sink = new Kept();
    const strange = encode(usual.replace('normal', 'nomal'));
    for (let time = 0; time < 100; time++) expect(facets.read(strange, 0, sink)).toBe(0);
    expect(facets.read(encode(usual), 0, sink)).toBe(0);
    expect(sink.triangles).toBe(0);
  });
});
