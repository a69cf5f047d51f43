import { Inflate } from 'fflate';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import { formatBytes } from '#domain/geometry/words.ts';

interface Entry {
  method: number;
  encrypted: boolean;
  compressedBytes: number;
  headerAt: number;
}

const endSignature = 0x0605_4b50;
const end64Signature = 0x0606_4b50;
const locator64Signature = 0x0706_4b50;
const entrySignature = 0x0201_4b50;
const headerSignature = 0x0403_4b50;
const endBytes = 22;
const longestComment = 65_535;
const mostEntries = 10_000;
const inAnotherField = 0xffff_ffff;
const stored = 0;
const deflated = 8;
const chunkBytes = 65_536;

/** An archive may always unpack to this, however small it is. */
const alwaysInflatedBytes = 200_000_000;
const mostInflation = 100;

/**
 * A ZIP archive in memory (PKWARE APPNOTE 6.3, with ZIP64). Sizes that it states are not believed: unpacked bytes are counted
 * as they come, over all entries, and reading stops at the larger of 200 MB and 100 times the archive.
 */
export class ZipArchive {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #entries = new Map<string, Entry>();
  #inflatedBytes = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    try {
      this.#readDirectory();
    } catch (error) {
      // Offsets that point outside.
      if (error instanceof RangeError) throw damaged();
      throw error;
    }
  }

  /** Names as they stand in the archive. */
  names(): string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Unpacks one entry and hands on its bytes as they come. */
  unpack(name: string, take: (bytes: Uint8Array) => void): void {
    const entry = this.#entries.get(name);
    if (!entry) throw damaged();
    if (entry.encrypted)
      throw new UnreadableFile(
        'unsupported_content',
        'This file is protected by a password. Send it without one.',
      );
    const content = this.#content(entry);
    const counted = (bytes: Uint8Array) => {
      this.#inflatedBytes += bytes.length;
      const most = Math.max(alwaysInflatedBytes, mostInflation * this.#bytes.length);
      if (this.#inflatedBytes > most)
        throw new UnreadableFile(
          'too_large',
          `This file unpacks to more than ${formatBytes(most)}, the most we can check. Export it with a coarser resolution.`,
        );
      take(bytes);
    };
    if (entry.method === stored) counted(content);
    else if (entry.method === deflated) inflate(content, counted);
    else
      throw new UnreadableFile(
        'unsupported_content',
        `This file is packed in a way we can not read (method ${entry.method}). Export it again.`,
      );
  }

  #content({ headerAt, compressedBytes }: Entry): Uint8Array {
    if (headerAt + 30 > this.#bytes.length || this.#view.getUint32(headerAt, true) !== headerSignature)
      throw damaged();
    const from =
      headerAt + 30 + this.#view.getUint16(headerAt + 26, true) + this.#view.getUint16(headerAt + 28, true);
    if (from + compressedBytes > this.#bytes.length) throw damaged();
    return this.#bytes.subarray(from, from + compressedBytes);
  }

  #readDirectory(): void {
    const end = this.#findEnd();
    let count = this.#view.getUint16(end + 10, true);
    let at = this.#view.getUint32(end + 16, true);
    const locator = end - 20;
    if (locator >= 0 && this.#view.getUint32(locator, true) === locator64Signature) {
      const end64 = this.#uint64(locator + 8);
      if (this.#view.getUint32(end64, true) !== end64Signature) throw damaged();
      count = this.#uint64(end64 + 32);
      at = this.#uint64(end64 + 48);
    }
    if (count > mostEntries)
      throw new UnreadableFile(
        'too_complex',
        `This archive holds ${count} files; the most we look through is ${mostEntries}.`,
      );
    for (let index = 0; index < count; index++) at = this.#readEntry(at);
  }

  #findEnd(): number {
    const last = this.#bytes.length - endBytes;
    for (let at = last; at >= Math.max(0, last - longestComment); at--) {
      if (this.#view.getUint32(at, true) === endSignature) return at;
    }
    throw damaged();
  }

  /** @returns where the next entry stands */
  #readEntry(at: number): number {
    const view = this.#view;
    if (view.getUint32(at, true) !== entrySignature) throw damaged();
    const nameAt = at + 46;
    const extraAt = nameAt + view.getUint16(at + 28, true);
    const next = extraAt + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > this.#bytes.length) throw damaged();
    const name = new TextDecoder().decode(this.#bytes.subarray(nameAt, extraAt));
    const sizes = this.#sizesOf(at, extraAt, extraAt + view.getUint16(at + 30, true));
    this.#entries.set(name, {
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      ...sizes,
    });
    return next;
  }

  /** ZIP64 keeps the numbers that do not fit in an extra field, in this order, only those that are needed. */
  #sizesOf(at: number, extraAt: number, extraEnd: number): Pick<Entry, 'compressedBytes' | 'headerAt'> {
    const view = this.#view;
    let compressedBytes = view.getUint32(at + 20, true);
    let headerAt = view.getUint32(at + 42, true);
    for (let field = extraAt; field + 4 <= extraEnd; field += 4 + view.getUint16(field + 2, true)) {
      if (view.getUint16(field, true) !== 1) continue;
      let value = field + 4;
      if (view.getUint32(at + 24, true) === inAnotherField) value += 8;
      if (compressedBytes === inAnotherField) {
        compressedBytes = this.#uint64(value);
        value += 8;
      }
      if (headerAt === inAnotherField) headerAt = this.#uint64(value);
    }
    return { compressedBytes, headerAt };
  }

  #uint64(at: number): number {
    const value = Number(this.#view.getBigUint64(at, true));
    if (value > this.#bytes.length) throw damaged();
    return value;
  }
}

function inflate(content: Uint8Array, take: (bytes: Uint8Array) => void): void {
  const stream = new Inflate(take);
  try {
    for (let at = 0; at < content.length; at += chunkBytes)
      stream.push(content.subarray(at, at + chunkBytes), at + chunkBytes >= content.length);
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw damaged();
  }
}

function damaged(): UnreadableFile {
  return new UnreadableFile(
    'truncated',
    'This archive is damaged or cut off. Export the file again and send it once more.',
  );
}
