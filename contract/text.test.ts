import { describe, expect, test } from 'vitest';
import { line, text } from './text.ts';

const controls = [
  '\u0000',
  '\u0007',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066',
  '\ud800',
];

describe('a line', () => {
  test('is trimmed and keeps every script, mark and emoji', () => {
    for (const words of ['Zahnrad 28 Zähne', '歯車', 'ترس', 'naïve', '👩‍🔧 bracket', 'a\u00a0b'])
      expect(line(60).parse(`  ${words}\n`)).toBe(words);
  });

  test('has no break and no control character inside', () => {
    for (const mark of [...controls, '\n', '\r', '\t'])
      expect(line(60).safeParse(`gear${mark}box`).success, JSON.stringify(mark)).toBe(false);
  });

  test('has something to see, and an end', () => {
    for (const nothing of ['', '   ', '\n', '\u200b', '\u2060\ufeff'])
      expect(line(60, 'Say why.').safeParse(nothing).error?.issues[0]?.message).toBe('Say why.');
    expect(line(3).safeParse('abc').success).toBe(true);
    expect(line(3).safeParse('abcd').success).toBe(false);
  });
});

describe('a text', () => {
  test('has several lines and tabs; breaks of any system become one', () => {
    expect(text(60).parse(' one\r\ntwo\n\tthree \n')).toBe('one\ntwo\n\tthree');
    expect(text(60).parse('')).toBe('');
  });

  test('has no other control character', () => {
    for (const mark of [...controls, '\r'])
      expect(text(60).safeParse(`one${mark}two`).success, JSON.stringify(mark)).toBe(false);
  });
});
