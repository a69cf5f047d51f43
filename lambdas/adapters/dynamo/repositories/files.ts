import type { JobFile } from '#domain/file/file.ts';
import { put, type Write } from '../commit.ts';
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

/** Stores the outcome of a check; a file is checked once. */
export const putChecked = ({ entities }: Tenant, file: JobFile): Write =>
  put(
    'file',
    entities.file
      .put(file)
      .where(({ state }, { eq }) => eq(state, 'awaiting_upload'))
      .params(),
  );

/** Stores a checked file whose report was read in another unit. */
export const replaceChecked = ({ entities }: Tenant, file: JobFile): Write =>
  put(
    'file',
    entities.file
      .put(file)
      .where(({ state }, { eq }) => eq(state, 'checked'))
      .params(),
  );
