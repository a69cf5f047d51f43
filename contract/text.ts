import * as z from 'zod';

/** Breaks of lines, other control characters, halves of characters, and marks that turn the direction of what follows. */
const unseen = String.raw`\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069`;
const oneLine = new RegExp(`^[^${unseen}]*$`, 'u');
const severalLines = new RegExp(`^(?:[\\n\\t]|[^${unseen}])*$`, 'u');
const visible = /[^\p{C}\p{Z}]/u;

/**
 * Words in one line (names, titles, reasons): trimmed, with something to see, 1 to `most` UTF-16 units, safe in a mail's header.
 * @param missing what to say when there is nothing
 */
export const line = (most: number, missing = 'must not be empty') =>
  z
    .string()
    .trim()
    .min(1, missing)
    .max(most, `must have at most ${most} characters`)
    .regex(oneLine, 'must be one line without control characters')
    .regex(visible, missing);

/** Notes of several lines: trimmed, line feeds and tabs but no other control characters, at most `most` UTF-16 units. */
export const text = (most: number) =>
  z
    .string()
    .overwrite((value) => value.replaceAll('\r\n', '\n'))
    .trim()
    .max(most, `must have at most ${most} characters`)
    .regex(severalLines, 'must not have control characters other than line breaks and tabs');
