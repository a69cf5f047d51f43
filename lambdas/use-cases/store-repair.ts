import { createHash } from 'node:crypto';
import type { RepairedContent } from '#domain/file/file.ts';
import { repairMesh } from '#domain/geometry/repair-mesh.ts';
import { writeBinaryStl } from '#domain/geometry/stl-writer.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { keys, writeObject } from '../adapters/s3/files.ts';
import type { CheckedFile } from '../files/check-file.ts';
import { logger } from '../logger.ts';
import { storeLayers } from './layers-of-file.ts';
import { storePreview } from './store-preview.ts';

/**
 * Repairs a mesh that needs it, while its check still has it at hand, and stores the copy as a content of its own. Answers nothing
 * where no repair is needed or none helps; a file that can not be repaired is still a checked file, so a failure is logged and no more.
 */
export async function storeRepair(
  t: Tenant,
  { mesh, report, sha256 }: Pick<CheckedFile, 'mesh' | 'report' | 'sha256'>,
): Promise<RepairedContent | undefined> {
  if (!mesh || report.kind !== 'mesh' || report.verdict !== 'needs_repair') return undefined;
  try {
    const repair = repairMesh(mesh, report);
    if (!repair?.improves) return undefined;
    const content = writeBinaryStl(repair.mesh);
    const repaired = { mesh: repair.mesh, sha256: createHash('sha256').update(content).digest('hex') };
    const [hasPreview, hasLayers] = await Promise.all([
      storePreview(t.shopId, repaired),
      storeLayers(t, repaired),
      writeObject(t.shopId, keys.checked(t.shopId, repaired.sha256), content, 'model/stl'),
    ]);
    return {
      sha256: repaired.sha256,
      bytes: content.length,
      steps: repair.steps,
      report: repair.after,
      hasPreview,
      hasLayers,
    };
  } catch (error) {
    logger.error('a file has no repair', {
      shopId: t.shopId,
      sha256,
      error: error instanceof Error ? error : new Error('unknown'),
    });
    return undefined;
  }
}
