import type { FileFormat } from '#domain/geometry/report.ts';
import type { Reader } from './reader.ts';

/** The readers of formats that are not read by the domain as they stream in; each is loaded when its first file comes. */
export const readers: Partial<Record<FileFormat, () => Promise<Reader>>> = {
  '3mf': async () => (await import('./three-mf.ts')).threeMfReader,
};
