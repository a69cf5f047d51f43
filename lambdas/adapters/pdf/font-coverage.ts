/**
 * The characters of the embedded font (Roboto 3, SIL Open Font License 1.1, as pdfmake ships it): Latin with its extensions and
 * Vietnamese, Greek, Cyrillic, and common signs and currencies. Han, Kana, Hangul, Arabic, Hebrew, Indic scripts and emoji are
 * not in it.
 */
const covered =
  /^[\n\u0020-\u007e\u00a0-\u017f\u018f\u0192\u01a0\u01a1\u01af\u01b0\u01f0\u01fa-\u01ff\u0218-\u021b\u0237\u0259\u0300\u0301\u0303\u0309\u0323\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0486\u0488-\u0513\u1e00\u1e01\u1e3e\u1e3f\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9\u2000-\u200b\u2010\u2011\u2013-\u2015\u2017-\u201e\u2020-\u2022\u2025-\u2027\u2030\u2032\u2033\u2039\u203a\u2044\u2070\u2074-\u208e\u20a3\u20a4\u20a6-\u20ac\u20b1\u20b9\u20ba\u20bc\u20bd\u2105\u2113\u2116\u2122\u212e\u2202\u2206\u220f\u2211\u2212\u221a\u221e\u222b\u2248\u2260\u2264\u2265\u25ca\ufb01-\ufb04\ufffd]*$/u;

export const missingSign = '\ufffd';

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** A word longer than this may be broken anywhere, so that none runs over its column. */
const longestWord = 22;

export interface PrintableText {
  text: string;
  /** Something was replaced by the missing sign. */
  lossy: boolean;
}

/** The text in characters that the font has: what it lacks becomes one missing sign per character, and long words may break. */
export function printable(raw: string): PrintableText {
  const normal = raw.normalize('NFC').replaceAll('\t', '    ').replaceAll(/\r\n?/g, '\n');
  let text = normal;
  if (!covered.test(normal)) {
    text = '';
    for (const { segment } of characters.segment(normal))
      text += covered.test(segment) ? segment : missingSign;
  }
  return { text: text.replaceAll(/[^\s\u00a0]+/g, breakable), lossy: text.includes(missingSign) };
}

const breakable = (word: string): string =>
  word.length <= longestWord ? word : word.replaceAll(/.{12}(?=.)/gu, '$&\u200b');
