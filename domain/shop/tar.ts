/** Headers of POSIX ustar archives: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 */

export interface TarEntry {
  /** At most 100 ASCII characters. */
  name: string;
  bytes: number;
}

const block = 512;
/** Two empty blocks end an archive. */
export const tarEndBytes = 2 * block;

/** Bytes that follow an entry's content, up to the next whole block. */
export const paddingOf = (bytes: number): number => (block - (bytes % block)) % block;

/** Length of an archive of these entries. */
export const tarBytes = (entries: readonly TarEntry[]): number =>
  entries.reduce((sum, { bytes }) => sum + block + bytes + paddingOf(bytes), tarEndBytes);

/** The block before an entry's content. @throws RangeError when the entry fits in no header */
export function tarHeader({ name, bytes }: TarEntry): Uint8Array {
  if (!/^[\x21-\x7e]{1,100}$/.test(name)) throw new RangeError(`No name for a tar archive: ${name}`);
  if (!Number.isInteger(bytes) || bytes < 0 || bytes >= 8 ** 11)
    throw new RangeError(`No size for a tar archive: ${bytes}`);
  const header = new Uint8Array(block);
  const write = (at: number, text: string) => header.set(new TextEncoder().encode(text), at);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  write(0, name);
  write(100, octal(0o644, 7));
  write(108, octal(0, 7));
  write(116, octal(0, 7));
  write(124, octal(bytes, 11));
  write(136, octal(0, 11));
  // The sum is taken with blanks in its own place.
  write(148, ' '.repeat(8));
  write(156, '0');
  write(257, 'ustar\u000000');
  const sum = header.reduce((total, byte) => total + byte, 0);
  write(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return header;
}

/** What a header says; undefined for the empty block at the end. @throws RangeError when it is damaged */
export function readTarHeader(header: Uint8Array): TarEntry | undefined {
  if (header.every((byte) => byte === 0)) return undefined;
  const text = (from: number, length: number) =>
    new TextDecoder().decode(header.subarray(from, from + length)).replace(/\0.*$/s, '');
  const bytes = Number.parseInt(text(124, 12), 8);
  const entry = { name: text(0, 100), bytes };
  const whole = header.length === block && Number.isInteger(bytes);
  if (!whole || !tarHeader(entry).every((byte, at) => byte === header[at]))
    throw new RangeError('This is no archive that Kerf has written, or it is damaged.');
  return entry;
}
