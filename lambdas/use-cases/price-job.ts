import { refuse, type Refusal } from '#domain/refusal.ts';
import { estimateByBook } from '#domain/price/estimate-by-book.ts';
import { bodyMeasures } from '#domain/geometry/report.ts';
import { priceOrder, type PricedOrder } from '#domain/price/price-order.ts';
import type { Part } from '#domain/job/job.ts';
import { listMachines } from '../adapters/dynamo/repositories/farm.ts';
import type { LoadedJob } from '../adapters/dynamo/repositories/jobs.ts';
import { loadPriceBook } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { loadLayers } from './layers-of-file.ts';

/** The price of the job's parts by the price book in force. */
export async function priceJob(t: Tenant, loaded: LoadedJob): Promise<PricedOrder | Refusal> {
  const [priceBook, machines] = await Promise.all([loadPriceBook(t), listMachines(t)]);
  const layers = await loadLayers(t, loaded.files);
  const lines = [];
  for (const part of loaded.parts) {
    const report = loaded.files.find((file) => file.id === part.fileId)?.report;
    if (!report)
      return refuse('not_ready', `"${part.name}" is still being checked. Try again in a moment.`, 'parts');
    lines.push({
      partId: part.id,
      name: part.name,
      geometry: { ...bodyMeasures(report), verdict: report.verdict, problems: report.problems },
      layers: layers.get(part.fileId),
      materialId: part.materialId,
      finishId: part.finishId,
      quantity: part.wanted,
    });
  }
  const priced = priceOrder({
    priceBook,
    lines,
    machines: machines.map(({ machine: { name, volumeMm } }) => ({
      name,
      volumeMm: [volumeMm.x, volumeMm.y, volumeMm.z] as const,
    })),
  });
  return 'refused' in priced ? refuse('invalid', priced.refused.message, priced.refused.field) : priced;
}

/** What one run of `quantity` pieces is expected to take. */
export async function estimateRun(
  t: Tenant,
  loaded: LoadedJob,
  part: Part,
  quantity: number,
): Promise<{ seconds: number; grams: number } | Refusal> {
  const files = loaded.files.filter(({ id }) => id === part.fileId);
  const [book, layers] = await Promise.all([loadPriceBook(t), loadLayers(t, files)]);
  const report = files[0]?.report;
  const densityGPerCm3 = book.materials.find((each) => each.id === part.materialId)?.densityGPerCm3 ?? 1.24;
  const estimate =
    report && estimateByBook(book, densityGPerCm3, bodyMeasures(report), layers.get(part.fileId));
  if (!estimate) return refuse('not_ready', `"${part.name}" can not be estimated.`, 'partId');
  return {
    seconds: estimate.printSeconds * quantity,
    grams: Math.round(estimate.materialGrams * quantity * 100) / 100,
  };
}
