/** Node's types have no name for this class of the platform. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: { prototype: WasmMemory } } })
  .WebAssembly;

/** Bytes a page of WebAssembly memory has, by its specification. */
const pageBytes = 65_536;

/**
 * Lets no WebAssembly memory of this thread grow beyond the limit; its program then runs out of memory as on a small machine.
 * Answers with a question: was growth ever refused? Programs that go on without it give half an answer.
 */
export function boundWasmMemory(mostBytes: number): () => boolean {
  let refused = false;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its memory below
  const { grow } = Memory.prototype;
  Memory.prototype.grow = function (this: WasmMemory, pages: number) {
    if (this.buffer.byteLength + pages * pageBytes > mostBytes) {
      refused = true;
      throw new RangeError('Out of memory');
    }
    return grow.call(this, pages);
  };
  return () => refused;
}
