/** What was dropped or chosen, as single parts: folders are walked and archives opened, all of it in this browser. */
export interface Chosen {
  files: File[];
  /** Sentences about what was left out. */
  notes: string[];
}

/** One job takes up to 80 files (the API's limit). */
const mostFiles = 80;
const mostUnpackedBytes = 1_000_000_000;
const mostFolderLevels = 12;

/** Files that programs leave beside parts. */
const isClutter = (path: string): boolean => /(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/i.test(path);

/** Opens the archives among the files. */
export async function unpackArchives(chosen: readonly File[]): Promise<Chosen> {
  const found: Chosen = { files: [], notes: [] };
  for (const file of chosen) {
    if (file.size === 0 || isClutter(file.name)) continue;
    if (await isArchive(file)) await unpackInto(found, file);
    else found.files.push(file);
  }
  if (found.files.length > mostFiles) {
    found.notes.push(
      `Only the first ${mostFiles} of ${found.files.length} files were taken; a request holds no more.`,
    );
    found.files.length = mostFiles;
  }
  return found;
}

/** A ZIP by its first bytes; a 3MF is one as well, and stays whole. */
async function isArchive(file: File): Promise<boolean> {
  if (/\.3mf$/i.test(file.name)) return false;
  const [p, k, three, four] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return p === 0x50 && k === 0x4b && three === 3 && four === 4;
}

async function unpackInto(found: Chosen, archive: File): Promise<void> {
  // On this thread: the pages' security policy allows no worker made from text.
  const { Unzip, UnzipInflate } = await import('fflate');
  const unpacked: (File | undefined)[] = [];
  let bytes = 0;
  const unzip = new Unzip((entry) => {
    if (entry.name.endsWith('/') || isClutter(entry.name) || unpacked.length > mostFiles) return;
    const place = unpacked.push(undefined) - 1;
    const parts: BlobPart[] = [];
    entry.ondata = (error, chunk, final) => {
      bytes += chunk?.length ?? 0;
      if (error || bytes > mostUnpackedBytes) return entry.terminate();
      parts.push(chunk);
      if (final) unpacked[place] = new File(parts, entry.name.replace(/^.*\//, ''));
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  const reader = archive.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      unzip.push(value ?? new Uint8Array(0), done);
      if (done) break;
    }
  } catch {
    found.notes.push(`${archive.name} is damaged: what could be unpacked was taken.`);
  }
  const whole = unpacked.filter((file) => file !== undefined).filter(({ size }) => size > 0);
  found.files.push(...whole);
  if (whole.length < unpacked.length)
    found.notes.push(
      `${unpacked.length - whole.length} of the files in ${archive.name} could not be unpacked.`,
    );
  if (unpacked.length === 0) found.notes.push(`${archive.name} holds no files.`);
}

/** All files of a drop, those in folders too. Must be called while the drop's event is under way. */
export async function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (!entries.some((entry) => entry.isDirectory)) return [...transfer.files];
  const found: File[] = [];
  for (const entry of entries) await walk(entry, found, 0);
  return found;
}

async function walk(entry: FileSystemEntry, found: File[], level: number): Promise<void> {
  if (level > mostFolderLevels || found.length > mostFiles || isClutter(entry.name)) return;
  if (entry.isFile) {
    found.push(await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail)));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader hands out a folder in portions, the last one empty.
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0) return;
    for (const each of some) await walk(each, found, level + 1);
  }
}
