/** The thread that reads one CAD file or drawing and ends. Whatever a library throws at a file is the file's fault here. */
import { parentPort, workerData } from 'node:worker_threads';
import { boundWasmMemory } from './bound-wasm.ts';
import type { CadResult, CadTask } from './cad-result.ts';

const wasmBytes = 1_000_000_000;

const { format, bytes, mostTriangles } = workerData as CadTask;
const ranOut = boundWasmMemory(wasmBytes);

async function read(): Promise<CadResult> {
  switch (format) {
    case 'step':
    case 'iges': {
      const { readStepOrIges } = await import('./step-iges.ts');
      return (await readStepOrIges(format, bytes, mostTriangles)) ?? damaged();
    }
    case '3dm':
      return (await import('./rhino-3dm.ts')).readRhino(bytes, mostTriangles);
    case 'dxf':
      return (await import('./dxf.ts')).readDxf(bytes);
    case 'svg':
      return (await import('./svg.ts')).readSvg(bytes);
  }
}

const damaged = (): CadResult => ({
  kind: 'unreadable',
  code: 'malformed',
  message: `This ${format.toUpperCase()} file is damaged or cut off: it could not be read to its end. Export it again and send the new file.`,
});

let result: CadResult;
try {
  result = await read();
} catch (error) {
  const { problem } = error as {
    problem?: { code: CadResult extends { code: infer C } ? C : never; message: string };
  };
  result = problem ? { kind: 'unreadable', ...problem } : damaged();
}
// A body that found no room would be missing without a word.
if (ranOut())
  result = {
    kind: 'unreadable',
    code: 'too_complex',
    message:
      'This file takes more memory to read than we can give it. Export the part alone, with less detail, or as an STL file.',
  };
parentPort?.postMessage(result);
