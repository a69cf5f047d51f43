import type { JobFile, RepairedContent } from '#domain/file/file.ts';
import { put, remove, type Write } from '../commit.ts';
import type { GeometryReport } from '#domain/geometry/report.ts';
import type { Tenant } from '../tenant.ts';

export const createFile = ({ entities }: Tenant, file: JobFile): Write =>
  put('file', entities.file.create(file).params());

export async function loadFile(
  { entities }: Tenant,
  jobId: string,
  id: string,
): Promise<JobFile | undefined> {
  return (await entities.file.get({ jobId, id }).go({ consistent: true })).data ?? undefined;
}

export const removeFile = ({ entities }: Tenant, jobId: string, id: string): Write =>
  remove('file', entities.file.remove({ jobId, id }).params());

/** Stores the outcome of a check; a file is checked once. */
export const putChecked = ({ entities }: Tenant, file: JobFile): Write =>
  put(
    'file',
    entities.file
      .put(file)
      .where(({ state }, { eq }) => eq(state, 'awaiting_upload'))
      .params(),
  );

/** Stores a checked file whose report is read otherwise than it was: in another unit, with other uses of its layers. */
export const replaceChecked = ({ entities }: Tenant, file: JobFile): Write =>
  put(
    'file',
    entities.file
      .put(file)
      .where(({ state }, { eq }) => eq(state, 'checked'))
      .params(),
  );

/** A content that was checked before, by its hash. */
export interface CheckedContent {
  bytes: number;
  /** Hex SHA-256. */
  sha256: string;
  report: GeometryReport;
  /** A preview and a thumbnail are stored beside it. */
  hasPreview: boolean;
  /** Its layers are stored beside it. */
  hasLayers: boolean;
  /** A better copy is stored too. */
  repair?: RepairedContent;
}

/** All contents of this length that the shop has had checked. */
export async function listCheckedContents({ entities }: Tenant, bytes: number): Promise<CheckedContent[]> {
  return (await entities.checkedContent.query.ofLength({ bytes }).go({ pages: 'all' })).data;
}

export const putCheckedContent = ({ entities }: Tenant, content: CheckedContent): Write =>
  put('checkedContent', entities.checkedContent.put(content).params());
