import type { Drawing } from '#domain/geometry/drawing.ts';
import { FileCheck, openStreamReader, refuseUnread, refuseUnsupported } from '#domain/geometry/file-check.ts';
import type { Found, ReadContext } from '#domain/geometry/file-reader.ts';
import { defaultLimits, type GeometryLimits, type GeometryReport } from '#domain/geometry/report.ts';
import { sniff, sniffBytes } from '#domain/geometry/sniff.ts';
import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import { Intake } from './intake.ts';
import { readers } from './readers/registry.ts';

/** Faces of larger meshes (48 MB and more) are rarely needed and can be read again. */
const facesAtHand = 4_000_000;

export interface CheckFileOptions {
  /** The file's length as the store knows it; memory is reserved by it and a shorter content is reported as truncated. */
  totalBytes: number;
  limits?: GeometryLimits;
  /** Gives the same content once more. With it less is kept in memory while a large mesh is read. */
  reopen?: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
  /** Leave out what needs the whole mesh (thin walls, overlapping bodies): edges, volume and size only. */
  quick?: boolean;
  /** Whether the content's hash is wanted; else `sha256` stays empty, and a large file is through a tenth sooner. */
  hashed?: boolean;
  /** Keep the welded mesh for preview, estimate or repair: 12 bytes more per triangle. */
  keepMesh?: boolean;
}

export interface CheckedFile {
  report: GeometryReport;
  /** Hex SHA-256 of the whole content. */
  sha256: string;
  /** Only when asked for, and only of a mesh that was not refused. */
  mesh?: IndexedMesh;
  /** The contours of a drawing that was not refused. */
  drawing?: Drawing;
}

/**
 * Checks a file of any format in one pass over its bytes. Never throws on a file's content: what can not be measured ends as a
 * report with the verdict `refused` and the reason in plain words.
 */
export async function checkFile(
  source: AsyncIterable<Uint8Array>,
  {
    totalBytes,
    limits = defaultLimits,
    reopen,
    quick = false,
    keepMesh = false,
    hashed = true,
  }: CheckFileOptions,
): Promise<CheckedFile> {
  const intake = new Intake(source, hashed);
  const format = sniff(await intake.head(Math.min(sniffBytes, totalBytes)), totalBytes);
  const keep = { mesh: keepMesh, mostFaces: reopen ? (quick ? 0 : facesAtHand) : Infinity };
  const check = new FileCheck({ format, totalBytes, limits }, { keep, inspect: !quick });
  const { report, drawing } = await readAndReport(intake, check, reopen);
  const sha256 = await intake.sha256();
  const mesh = keepMesh && report.kind === 'mesh' && report.verdict !== 'refused' ? check.mesh() : undefined;
  return { report, sha256, ...(mesh && { mesh }), ...(drawing && { drawing }) };
}

async function readAndReport(
  intake: Intake,
  check: FileCheck,
  reopen: CheckFileOptions['reopen'],
): Promise<Pick<CheckedFile, 'report' | 'drawing'>> {
  const { format, totalBytes, limits } = check.context;
  const refused = refuseUnread(format, totalBytes, limits);
  if (refused) return { report: check.refuse(refused, totalBytes) };
  try {
    const found = await read(withinLimits(intake, check), check.context);
    if (!found)
      return {
        report: check.refuse(refuseUnsupported(format as Exclude<typeof format, 'unknown'>), totalBytes),
      };
    const again = reopen && check.secondLook();
    if (again) await read(await reopen(), again);
    const report = check.report(found, intake.bytes);
    return found.kind === 'drawing' && report.verdict !== 'refused' ? { report, drawing: found } : { report };
  } catch (error) {
    if (error instanceof UnreadableFile) return { report: check.refuse(error.problem, intake.bytes) };
    throw error;
  }
}

async function read(content: AsyncIterable<Uint8Array>, context: ReadContext): Promise<Found | undefined> {
  const stream = openStreamReader(context);
  if (!stream) {
    const reader = await readers[context.format]?.();
    return reader?.read(content, context);
  }
  for await (const chunk of content) stream.push(chunk);
  return stream.finish();
}

/** Ends when reading on is in vain; the report says why. */
async function* withinLimits(intake: Intake, check: FileCheck): AsyncGenerator<Uint8Array> {
  for await (const chunk of intake.content()) {
    if (check.full || intake.bytes > check.context.limits.bytes) return;
    yield chunk;
  }
}
