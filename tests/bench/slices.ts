import { readFile } from 'node:fs/promises';

export type SupportChoice = 'none' | 'build-plate' | 'everywhere';

/** What a slicer says of one print: facts to measure an estimate by. */
export interface Slice {
  file: string;
  /** Where the model comes from; the model itself is found by its hash. */
  source: string;
  /** Hex SHA-256 of the model's file. */
  sha256: string;
  /** Name and version of the program that gave the answer. */
  slicer: string;
  /** Name of an ini in `profiles/`. */
  profile: string;
  supports: SupportChoice;
  seconds: number;
  grams: number;
  layers: number;
}

/** The slices of a file with one JSON object per line; none when there is no file. */
export async function readSlices(path: string): Promise<Slice[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Slice);
}
