import { isDeepStrictEqual } from 'node:util';
import { layerTable, type LayerTable, type PrintStructure } from '#domain/estimate/layer-table.ts';
import { bodyMeasures, type BodyMeasures } from '#domain/geometry/report.ts';
import type { JobFile } from '#domain/file/file.ts';
import { structureByBook } from '#domain/price/estimate-by-book.ts';
import type { PriceBook } from '#domain/price/price-book.ts';
import { loadPriceBook } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { keys, readObject, writeObject } from '../adapters/s3/files.ts';
import type { CheckedFile } from '../files/check-file.ts';
import { logger } from '../logger.ts';

/**
 * Tables kept at hand by their object's key: an order is priced again and again. One that was cut by other settings than those in
 * force is read anew: its content may have come again and been cut by these.
 */
const atHand = new Map<string, LayerTable>();
const mostAtHand = 40;

/**
 * Cuts a mesh into the layers of the shop's settings and keeps them beside the file. Answers whether there are any; a part that
 * can not be cut is still a checked file and is estimated from its volume, so a failure is logged and no more.
 */
export async function storeLayers(
  t: Tenant,
  { mesh, sha256 }: Pick<CheckedFile, 'mesh' | 'sha256'>,
): Promise<boolean> {
  if (!mesh) return false;
  try {
    const table = layerTable(mesh, structureByBook(await loadPriceBook(t)));
    if (!table) return false;
    await writeObject(
      t.shopId,
      keys.layers(t.shopId, sha256),
      Buffer.from(JSON.stringify(table)),
      'application/json',
    );
    return true;
  } catch (error) {
    logger.error('a file has no layers', {
      shopId: t.shopId,
      sha256,
      error: error instanceof Error ? error : new Error('unknown'),
    });
    return false;
  }
}

/** Whether a content's layers, if it has any, are those of the settings in force. */
export async function areLayersOfToday(t: Tenant, sha256: string): Promise<boolean> {
  const inForce = structureByBook(await loadPriceBook(t));
  const table = await loadTable(t.shopId, keys.layers(t.shopId, sha256), inForce);
  return !table || isDeepStrictEqual(table.structure, inForce);
}

/** The layers of those files that have them, by file id. */
export async function loadLayers(
  t: Tenant,
  files: readonly JobFile[],
  book: PriceBook,
): Promise<Map<string, LayerTable>> {
  const inForce = structureByBook(book);
  const found = await Promise.all(
    files.map(async ({ id, sha256, hasLayers, report }) => {
      const table =
        hasLayers &&
        sha256 !== undefined &&
        (await loadTable(t.shopId, keys.layers(t.shopId, sha256), inForce));
      return table && report && isOfSize(table, bodyMeasures(report)) ? ([[id, table]] as const) : [];
    }),
  );
  return new Map(found.flat());
}

/** A file that was read in another unit since has another size; its layers are of the old one. */
function isOfSize({ sizeMm }: LayerTable, { boundingBoxMm }: BodyMeasures): boolean {
  return sizeMm.every(
    (length, axis) => Math.abs(length - boundingBoxMm.size[axis]!) <= 1e-3 * Math.max(1, length),
  );
}

async function loadTable(
  shopId: string,
  key: string,
  inForce: PrintStructure,
): Promise<LayerTable | undefined> {
  const known = atHand.get(key);
  if (known && isDeepStrictEqual(known.structure, inForce)) return known;
  const object = await readObject(shopId, key);
  if (!object) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of object.content) chunks.push(chunk);
  const table = JSON.parse(Buffer.concat(chunks).toString()) as LayerTable;
  const oldest = atHand.keys().next();
  if (atHand.size >= mostAtHand && !oldest.done) atHand.delete(oldest.value);
  atHand.set(key, table);
  return table;
}
