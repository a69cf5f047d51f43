import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PrintCommand } from '#contract/mqtt.ts';

/** A file that will not get right by asking again. */
export class WrongFile extends Error {}

/**
 * Downloads a command's file to `path` and proves that it is the one ordered. Throws WrongFile for another size or hash
 * or a refusal; any other error is worth another try. Nothing is left at `path` after an error.
 */
export async function download(file: PrintCommand['file'], path: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(file.url, { signal });
  const { status } = response;
  if (status >= 400 && status < 500 && status !== 408 && status !== 429)
    throw new WrongFile(`The file ${file.name} was refused with status ${status}. Start the run again.`);
  if (!response.ok || !response.body) throw new Error(`status ${status}`);
  mkdirSync(dirname(path), { recursive: true });
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > file.bytes ? wrongSize(file, `more than ${file.bytes}`) : null, chunk);
    },
  });
  try {
    await pipeline(Readable.from(response.body), meter, createWriteStream(path), { signal });
    if (bytes !== file.bytes) throw wrongSize(file, String(bytes));
    const got = hash.digest('hex');
    if (got !== file.sha256.toLowerCase())
      throw new WrongFile(
        `The file ${file.name} is not the one ordered: its SHA-256 is ${got}, not ${file.sha256}.`,
      );
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

const wrongSize = (file: PrintCommand['file'], got: string) =>
  new WrongFile(`The file ${file.name} is not the one ordered: it has ${got} bytes, not ${file.bytes}.`);
