import { expect, test } from 'vitest';
import { sniffPhoto } from './photo.ts';

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

test('a photo is known by its bytes, a page that calls itself one is not', () => {
  expect(sniffPhoto(bytes('\xff\xd8\xff\xe0..........'))).toBe('image/jpeg');
  expect(sniffPhoto(bytes('\x89PNG\r\n\x1a\n....'))).toBe('image/png');
  expect(sniffPhoto(bytes('RIFF....WEBPVP8 '))).toBe('image/webp');
  expect(sniffPhoto(bytes('GIF89a......'))).toBe('image/gif');
  for (const other of ['<svg onload=1>', '<html>', '', 'RIFF....WAVE', '%PDF-1.7'])
    expect(sniffPhoto(bytes(other))).toBeUndefined();
});
