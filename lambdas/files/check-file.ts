import type { Drawing } from '#domain/geometry/drawing.ts';
import { FileCheck, openStreamReader, refuseUnread, refuseUnsupported } from '#domain/geometry/file-check.ts';
import type { Found, ReadContext } from '#domain/geometry/file-reader.ts';
import { defaultLimits, type GeometryLimits, type GeometryReport } from '#domain/geometry/report.ts';
import { sniff, sniffBytes } from '#domain/geometry/sniff.ts';
import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import { Intake } from './intake.ts';
import { readers } from './readers/registry.ts';

export interface CheckFileOptions {
  /** The file's length as the store knows it; memory is reserved by it and a shorter content is reported as truncated. */
  totalBytes: number;
  limits?: GeometryLimits;
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
  { totalBytes, limits = defaultLimits, keepMesh = false }: CheckFileOptions,
): Promise<CheckedFile> {
  const intake = new Intake(source);
  const format = sniff(await intake.head(Math.min(sniffBytes, totalBytes)), totalBytes);
  const check = new FileCheck({ format, totalBytes, limits });
  const { report, drawing } = await readAndReport(intake, check);
  const sha256 = await intake.sha256();
  const mesh = keepMesh && report.kind === 'mesh' && report.verdict !== 'refused' ? check.mesh() : undefined;
  return { report, sha256, ...(mesh && { mesh }), ...(drawing && { drawing }) };
}

async function readAndReport(
  intake: Intake,
  check: FileCheck,
): Promise<Pick<CheckedFile, 'report' | 'drawing'>> {
  const { format, totalBytes, limits } = check.context;
  const refused = refuseUnread(format, totalBytes, limits);
  if (refused) return { report: check.refuse(refused, totalBytes) };
  try {
    const found = await readFound(intake, check);
    if (!found)
      return {
        report: check.refuse(refuseUnsupported(format as Exclude<typeof format, 'unknown'>), totalBytes),
      };
    const report = check.report(found, intake.bytes);
    return found.kind === 'drawing' && report.verdict !== 'refused' ? { report, drawing: found } : { report };
  } catch (error) {
    if (error instanceof UnreadableFile) return { report: check.refuse(error.problem, intake.bytes) };
    throw error;
  }
}

async function readFound(intake: Intake, check: FileCheck): Promise<Found | undefined> {
  const { context } = check;
  const stream = openStreamReader(context);
  if (!stream) {
    const reader = await readers[context.format]?.();
    return reader?.read(withinLimits(intake, context), context);
  }
  for await (const chunk of intake.content()) {
    if (check.full || intake.bytes > context.limits.bytes) break;
    stream.push(chunk);
  }
  return stream.finish();
}

/** Ends when more bytes come than a file may have; the report says so. */
async function* withinLimits(intake: Intake, { limits }: ReadContext): AsyncGenerator<Uint8Array> {
  for await (const chunk of intake.content()) {
    if (intake.bytes > limits.bytes) return;
    yield chunk;
  }
}
