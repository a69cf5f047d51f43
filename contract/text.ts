import * as z from 'zod';

/**
 * Breaks of lines and marks that turn the direction of what follows, beside control characters. Written as ranges: these patterns stand in
 * the OpenAPI document, and not every reader of it knows classes of Unicode.
 */
const unseen = String.raw`\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069`;
const oneLine = new RegExp(String.raw`^[^\u0000-\u001F${unseen}]*$`);
const severalLines = new RegExp(String.raw`^[^\u0000-\u0008\u000B-\u001F${unseen}]*$`);
const isVisible = (value: string) => /[^\p{C}\p{Z}]/u.test(value);
const isWhole = (value: string) => value.isWellFormed();

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
    .refine(isWhole, 'must not have halves of characters')
    .refine(isVisible, missing);

/** Notes of several lines: trimmed, line feeds and tabs but no other control characters, at most `most` UTF-16 units. */
export const text = (most: number) =>
  z
    .string()
    .overwrite((value) => value.replaceAll('\r\n', '\n'))
    .trim()
    .max(most, `must have at most ${most} characters`)
    .regex(severalLines, 'must not have control characters other than line breaks and tabs')
    .refine(isWhole, 'must not have halves of characters');
