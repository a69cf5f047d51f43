import type { RunRecord } from '#domain/estimate/run-record.ts';
import { put, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';

/** The record of a machine with a material; an empty one when it never printed it. */
export async function loadRunRecord(
  { entities }: Tenant,
  machineId: string,
  materialId: string,
): Promise<RunRecord> {
  const { data } = await entities.runRecord.get({ machineId, materialId }).go({ consistent: true });
  return data ?? { machineId, materialId, runs: [], version: 0 };
}

/** The records of every machine that printed the material. */
export async function listRunRecords({ entities }: Tenant, materialId: string): Promise<RunRecord[]> {
  return (await entities.runRecord.query.ofMaterial({ materialId }).go({ pages: 'all' })).data;
}

/** Writes a record whose version was one lower when it was read. */
export const putRunRecord = ({ entities }: Tenant, record: RunRecord): Write =>
  put(
    'runRecord',
    entities.runRecord
      .put(record)
      .where(({ version }, { eq, notExists }) =>
        record.version === 1 ? notExists(version) : eq(version, record.version - 1),
      )
      .params(),
  );
