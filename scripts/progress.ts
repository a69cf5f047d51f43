const longWorkBytes = 20_000_000;
const everyMs = 100;

/** Passes chunks on; on a terminal the share read of a long file is shown on stderr and wiped at the end. */
export async function* showProgress(
  name: string,
  totalBytes: number,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!process.stderr.isTTY || totalBytes < longWorkBytes) {
    yield* content;
    return;
  }
  let bytes = 0;
  let shownAt = 0;
  try {
    for await (const chunk of content) {
      yield chunk;
      bytes += chunk.length;
      if (performance.now() - shownAt < everyMs) continue;
      shownAt = performance.now();
      process.stderr.write(`\r\x1b[K${name}: ${Math.floor((100 * bytes) / totalBytes)} %`);
    }
  } finally {
    process.stderr.write('\r\x1b[K');
  }
}
