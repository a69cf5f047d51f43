import { expect, test } from 'vitest';
import { paddingOf, readTarHeader, tarBytes, tarHeader } from './tar.ts';

test('a header is read back as it was written, and the sum of its bytes stands where ustar has it', () => {
  const entry = { name: `files/${'a'.repeat(64)}`, bytes: 500_000_000 };
  const header = tarHeader(entry);
  expect(readTarHeader(header)).toEqual(entry);
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  expect(Number.parseInt(new TextDecoder().decode(header.subarray(148, 154)), 8)).toBe(sum);
});

test('an archive is as long as whole blocks of 512 bytes, and two more', () => {
  expect([0, 1, 511, 512, 513].map(paddingOf)).toEqual([0, 511, 1, 0, 511]);
  expect(tarBytes([{ name: 'a', bytes: 1 }])).toBe(4 * 512);
});

test('a damaged header is refused; an empty one is the end', () => {
  const header = tarHeader({ name: 'a', bytes: 7 });
  header[0] = 98;
  expect(() => readTarHeader(header)).toThrow('damaged');
  expect(() => readTarHeader(header.subarray(0, 100))).toThrow('damaged');
  expect(readTarHeader(new Uint8Array(512))).toBeUndefined();
});

test('what fits in no header is never written', () => {
  for (const entry of [
    { name: 'x'.repeat(101), bytes: 1 },
    { name: 'ä', bytes: 1 },
    { name: '', bytes: 1 },
    { name: 'a', bytes: 8 ** 11 },
  ])
    expect(() => tarHeader(entry)).toThrow(RangeError);
});
