import { stat } from 'node:fs/promises';
import { checkFile } from '#lambdas/files/check-file.ts';
import { fileContent } from '../../scripts/file-content.ts';

/** Checks one file again and again in one process, as a warm Lambda does; prints the milliseconds of the fastest two ways. */
const [path = '', rounds = '8'] = process.argv.slice(2);
const { size } = await stat(path);

async function fastest(quick: boolean): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < Number(rounds); round++) {
    const began = performance.now();
    await checkFile(fileContent(path), { totalBytes: size, quick, reopen: () => fileContent(path) });
    least = Math.min(least, performance.now() - began);
  }
  return least;
}

console.log(JSON.stringify({ quickMs: await fastest(true), wholeMs: await fastest(false) }));
