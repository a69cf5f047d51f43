// Node's types know this class of the platform by no name.
declare global {
  namespace WebAssembly {
    class Memory {
      readonly buffer: ArrayBuffer;
      grow(pages: number): number;
    }
  }
}

/** Bytes a page of WebAssembly memory has, by its specification. */
const pageBytes = 65_536;

/** Lets no WebAssembly memory of this thread grow beyond the limit; its program then runs out of memory as on a small machine. */
export function boundWasmMemory(mostBytes: number): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its memory below
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number) {
    if (this.buffer.byteLength + pages * pageBytes > mostBytes) throw new RangeError('Out of memory');
    return grow.call(this, pages);
  };
}
