import { readAll, type Reader } from './reader.ts';

/** Pictures and documents may be as large as a phone or scanner makes them, no larger. */
const mostBytes = 50_000_000;

/** Pictures and PDFs: kept with the order for people to look at, not measured. */
export const attachmentReader: Reader = {
  async read(content, context) {
    await readAll(content, context, mostBytes);
    return { kind: 'attachment', problems: [] };
  },
};
