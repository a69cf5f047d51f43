export const exportStates = ['running', 'ready', 'failed', 'expired'] as const;
export type ExportState = (typeof exportStates)[number];

/**
 * What is written one after the other. Jobs come first, then those that changed meanwhile, then what jobs refer to, so that nothing
 * in an export points at something that is not in it. Running numbers are among the last: none is lower than what was counted by it.
 */
export const exportSections = [
  'jobs',
  'changed',
  'customers',
  'vendors',
  'agents',
  'contents',
  'runRecords',
  'shop',
  'members',
  'files',
] as const;
export type ExportSection = (typeof exportSections)[number];

/** Folders whose files are a shop's own; the others hold what is made again, or is on its way. */
export const exportedFolders = [
  'documents',
  'files',
  'layers',
  'logos',
  'photos',
  'previews',
  'thumbnails',
] as const;

/** One file of an export. */
export interface ExportVolume {
  name: string;
  bytes: number;
  sha256: string;
  /** So many lines, or files. */
  count: number;
}

/** A copy of everything that is a shop's own. */
export interface ShopExport {
  id: string;
  shopId: string;
  state: ExportState;
  askedAt: string;
  askedBy: { personId: string; name: string; email: string };
  /** What is being written, and after what it goes on. */
  section: ExportSection;
  cursor?: string;
  /** Of the shop's log: events up to this number are in it. */
  seq: number;
  volumes: ExportVolume[];
  /** Written so far, by kind of row; a job that changed meanwhile counts twice. */
  lines: Record<string, number>;
  files: number;
  /** Tries since the last progress. */
  tries: number;
  /** While it runs: until when whoever works on it has the right to. */
  leaseUntil: string;
  /** Counts writes of this row. */
  revision: number;
  endedAt?: string;
  /** From then on its files are gone. */
  expiresAt?: string;
}

export const exportKeptDays = 7;
const mostTries = 8;

/** The export that is being made, else a new one. `seq` is the last number of the shop's log. */
export function askExport(
  wish: Pick<ShopExport, 'id' | 'shopId' | 'askedAt' | 'askedBy' | 'seq'>,
  before: readonly ShopExport[],
): ShopExport {
  const running = before.find(({ state }) => state === 'running');
  if (running) return running;
  return {
    ...wish,
    state: 'running',
    section: 'jobs',
    volumes: [],
    lines: {},
    files: 0,
    tries: 0,
    leaseUntil: wish.askedAt,
    revision: 1,
  };
}

/** What was written lies there for so long, of an export that failed as well: whoever looks why has it meanwhile. */
const endOfFiles = (now: string): string =>
  new Date(Date.parse(now) + exportKeptDays * 86_400_000).toISOString();

/** Somebody works on it until `leaseUntil`; one that comes to nothing time and again is given up. */
export function takeUp(running: ShopExport, now: string, leaseUntil: string): ShopExport {
  const after = { ...running, tries: running.tries + 1, revision: running.revision + 1, leaseUntil };
  return after.tries > mostTries
    ? { ...after, state: 'failed', endedAt: now, expiresAt: endOfFiles(now) }
    : after;
}

/** The place after which the next section begins; undefined after the last. */
export const sectionAfter = (section: ExportSection): ExportSection | undefined =>
  exportSections[exportSections.indexOf(section) + 1];

export function finishExport(running: ShopExport, now: string): ShopExport {
  const { cursor: _, ...rest } = running;
  return {
    ...rest,
    state: 'ready',
    endedAt: now,
    expiresAt: endOfFiles(now),
    revision: running.revision + 1,
  };
}

/** Whether the files of an export that has ended are to go. */
export const filesAreOver = ({ state, expiresAt }: ShopExport, now: string): boolean =>
  (state === 'ready' || state === 'failed') && expiresAt !== undefined && expiresAt <= now;

/** Its files are gone. One that failed stays so; nobody has to come back to it. */
export function withoutFiles({ expiresAt, ...ended }: ShopExport): ShopExport {
  const after = { ...ended, revision: ended.revision + 1 };
  if (after.state === 'failed') return after;
  return { ...after, state: 'expired', ...(expiresAt === undefined ? {} : { expiresAt }) };
}
