/** What we use of WebAssembly: the language's library has no types for it without those of a browser's page. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface WasmInstance {
  readonly exports: unknown;
}

interface WasmPlatform {
  Memory: new (size: { initial: number; maximum: number }) => WasmMemory;
  Module: new (code: Uint8Array<ArrayBuffer>) => object;
  Instance: new (module: object, imports: Record<string, Record<string, unknown>>) => WasmInstance;
}

/** A compiled module from the base64 that scripts/build-wasm.ts wrote. */
export function compile(base64: string): object {
  return new webAssembly.Module(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
}

export const webAssembly = (globalThis as unknown as { WebAssembly: WasmPlatform }).WebAssembly;
