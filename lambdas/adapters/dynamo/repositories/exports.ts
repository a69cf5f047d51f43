import type { ShopExport } from '#domain/shop/shop-export.ts';
import { put, type Write } from '../commit.ts';
import { watched } from '../system.ts';
import type { Tenant } from '../tenant.ts';

/** Without its place on the watch list, which goes with its state. */
const exportOf = <T extends { syspk?: string; syssk?: string }>({
  syspk: _,
  syssk: __,
  ...row
}: T): Omit<T, 'syspk' | 'syssk'> => row;

const lookAt = ({ state, leaseUntil, expiresAt }: ShopExport): string | undefined => {
  if (state === 'running') return leaseUntil;
  return state === 'expired' ? undefined : expiresAt;
};

/** The row as it is to be, if nobody wrote it since; on the watch list while somebody has to come back to it. */
export function exportWrite({ entities }: Tenant, row: ShopExport): Write {
  const instant = lookAt(row);
  const item = { ...row, ...(instant === undefined ? {} : watched('EXPORT', row.id, instant)) };
  return put(
    'export',
    row.revision === 1
      ? entities.shopExport.create(item).params()
      : entities.shopExport
          .put(item)
          .where(({ revision }, { eq }) => eq(revision, row.revision - 1))
          .params(),
  );
}

export async function loadExport({ entities }: Tenant, id: string): Promise<ShopExport | undefined> {
  const { data } = await entities.shopExport.get({ id }).go({ consistent: true });
  return data ? exportOf(data) : undefined;
}

/** The shop's exports, newest first. */
export async function listExports({ entities }: Tenant): Promise<ShopExport[]> {
  const { data } = await entities.shopExport.query
    .ofShop({})
    .go({ consistent: true, pages: 'all', order: 'desc' });
  return data.map(exportOf);
}
