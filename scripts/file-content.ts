import { open } from 'node:fs/promises';

const chunkBytes = 1 << 20;

/** A file's bytes in chunks that all lie in the same memory: use one before asking for the next. */
export async function* fileContent(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await open(path);
  try {
    const memory = Buffer.allocUnsafeSlow(chunkBytes);
    for (;;) {
      const { bytesRead } = await handle.read(memory, 0, chunkBytes, null);
      if (bytesRead === 0) return;
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
