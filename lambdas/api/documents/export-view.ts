import type { ExportView } from '#contract/routes/exports.ts';
import type { ShopExport } from '#domain/shop/shop-export.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

export const exportView = ({
  id,
  state,
  askedAt,
  askedBy,
  lines,
  files,
  volumes,
  endedAt,
  expiresAt,
}: ShopExport): ExportView => ({
  id,
  state,
  askedAt,
  askedBy: askedBy.name,
  rows: sum(Object.values(lines)),
  files,
  bytes: sum(volumes.map(({ bytes }) => bytes)),
  ...(endedAt === undefined ? {} : { endedAt }),
  ...(expiresAt === undefined ? {} : { expiresAt }),
});
