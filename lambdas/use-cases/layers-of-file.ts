import { isDeepStrictEqual } from 'node:util';
import { layerTable, type PrintStructure } from '#domain/estimate/layer-table.ts';
import type { FileLayers } from '#domain/estimate/orientation.ts';
import { standardSettings } from '#domain/estimate/print-settings.ts';
import { layersWithTurn } from '#domain/estimate/resting-orientations.ts';
import { bodyMeasures, type BodyMeasures } from '#domain/geometry/report.ts';
import type { JobFile } from '#domain/file/file.ts';
import { settingsByBook, structureByBook } from '#domain/price/estimate-by-book.ts';
import type { PriceBook } from '#domain/price/price-book.ts';
import { loadPriceBook } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { keys, readObject, writeObject } from '../adapters/s3/files.ts';
import type { CheckedFile } from '../files/check-file.ts';
import { logger } from '../logger.ts';
import { filamentBeds, machineVolumes } from './machine-volumes.ts';

/**
 * Tables kept at hand by their object's key: an order is priced again and again. One that was cut by other settings than those in
 * force is read anew: its content may have come again and been cut by these.
 */
const atHand = new Map<string, FileLayers>();
const mostAtHand = 40;

/**
 * Cuts a mesh into the layers of the shop's settings, as uploaded and in the best other way to lie, and keeps them beside the file. Answers
 * whether there are any; a part that can not be cut is still a checked file and is estimated from its volume, so a failure is logged and no more.
 */
export async function storeLayers(
  t: Tenant,
  { mesh, sha256 }: Pick<CheckedFile, 'mesh' | 'sha256'>,
): Promise<boolean> {
  if (!mesh) return false;
  try {
    const [book, machines] = await Promise.all([loadPriceBook(t), machineVolumes(t)]);
    // Which way is best hangs on the material too little to be asked for each.
    const settings = settingsByBook(book, standardSettings.densityGPerCm3);
    const table = layerTable(mesh, structureByBook(book));
    if (!table) return false;
    const layers = layersWithTurn(table, mesh, settings, filamentBeds(machines));
    await writeObject(
      t.shopId,
      keys.layers(t.shopId, sha256),
      Buffer.from(JSON.stringify(layers)),
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
): Promise<Map<string, FileLayers>> {
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
function isOfSize({ sizeMm }: FileLayers, { boundingBoxMm }: BodyMeasures): boolean {
  return sizeMm.every(
    (length, axis) => Math.abs(length - boundingBoxMm.size[axis]!) <= 1e-3 * Math.max(1, length),
  );
}

async function loadTable(
  shopId: string,
  key: string,
  inForce: PrintStructure,
): Promise<FileLayers | undefined> {
  const known = atHand.get(key);
  if (known && isDeepStrictEqual(known.structure, inForce)) return known;
  const object = await readObject(shopId, key);
  if (!object) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of object.content) chunks.push(chunk);
  const table = JSON.parse(Buffer.concat(chunks).toString()) as FileLayers;
  const oldest = atHand.keys().next();
  if (atHand.size >= mostAtHand && !oldest.done) atHand.delete(oldest.value);
  atHand.set(key, table);
  return table;
}
