/** Bytes a page of WebAssembly memory has, by its specification. */
const pageBytes = 65_536;

/** Lets no WebAssembly memory of this thread grow beyond the limit; its program then runs out of memory as on a small machine. */
export function boundWasmMemory(mostBytes: number): void {
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number) {
    if (this.buffer.byteLength + pages * pageBytes > mostBytes) throw new RangeError('Out of memory');
    return grow.call(this, pages);
  };
}
