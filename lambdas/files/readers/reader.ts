import type { Found, ReadContext } from '#domain/geometry/file-reader.ts';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import { formatBytes } from '#domain/geometry/words.ts';

/**
 * Reads a file whose format needs more than one pass over its start. Triangles go into the context's sink in mm; the answer
 * says what else was found. Throws `UnreadableFile` with plain words when it can not go on; any other error is a fault of ours.
 */
export interface Reader {
  read(content: AsyncIterable<Uint8Array>, context: ReadContext): Promise<Found>;
}

/**
 * The whole content in one piece.
 * @param mostBytes what this format may take; more is refused
 */
export async function readAll(
  content: AsyncIterable<Uint8Array>,
  { totalBytes }: Pick<ReadContext, 'totalBytes'>,
  mostBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (totalBytes > mostBytes)
    throw new UnreadableFile(
      'too_large',
      `This file has ${formatBytes(totalBytes)}; the most we can check of this kind is ${formatBytes(mostBytes)}. Export it with less detail.`,
    );
  const whole = new Uint8Array(totalBytes);
  let at = 0;
  for await (const chunk of content) {
    const room = chunk.subarray(0, totalBytes - at);
    whole.set(room, at);
    at += room.length;
  }
  return at < totalBytes ? whole.subarray(0, at) : whole;
}
