import { open } from 'node:fs/promises';

const chunkBytes = 1 << 19;

/**
 * A file's bytes in chunks; while one is worked on the next is read. Their memory is used again: be done with a chunk before
 * asking for the next.
 */
export async function* fileContent(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await open(path);
  let memory = Buffer.allocUnsafeSlow(chunkBytes);
  let spare = Buffer.allocUnsafeSlow(chunkBytes);
  let reading = handle.read(memory, 0, chunkBytes, null);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      reading = handle.read(spare, 0, chunkBytes, null);
      yield memory.subarray(0, bytesRead);
      [memory, spare] = [spare, memory];
    }
  } finally {
    await Promise.allSettled([reading]);
    await handle.close();
  }
}
