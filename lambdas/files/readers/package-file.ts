import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';

/** The bytes of a package's file: in a bundle it lies beside the code (see `beside` in contract/functions.ts). */
export function packageFile(specifier: string): Uint8Array {
  const beside = new URL(`./${basename(specifier)}`, import.meta.url);
  return readFileSync(existsSync(beside) ? beside : createRequire(import.meta.url).resolve(specifier));
}
