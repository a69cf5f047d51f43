import type { FileFormat } from '#domain/geometry/report.ts';
import type { Reader } from './reader.ts';

const cad = async () => (await import('./cad-reader.ts')).cadReader;
const attachment = async () => (await import('./attachment.ts')).attachmentReader;

/** The readers of formats that are not read by the domain as they stream in; each is loaded when its first file comes. */
export const readers: Partial<Record<FileFormat, () => Promise<Reader>>> = {
  step: cad,
  iges: cad,
  '3dm': cad,
  dxf: cad,
  svg: cad,
  '3mf': async () => (await import('./three-mf.ts')).threeMfReader,
  png: attachment,
  jpeg: attachment,
  webp: attachment,
  gif: attachment,
  pdf: attachment,
};
