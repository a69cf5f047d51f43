import type { Closing } from '#domain/shop/closing.ts';
import { put, remove, type Write } from '../commit.ts';
import { watched } from '../system.ts';
import type { Tenant } from '../tenant.ts';

export async function loadClosing({ entities }: Tenant): Promise<Closing | undefined> {
  const { data } = await entities.closing.get({}).go({ consistent: true });
  if (!data) return undefined;
  const { syspk: _, syssk: __, ...closing } = data;
  return closing;
}

/** The row as it is to be, if nobody wrote it since; on the watch list from the end of its lease on. */
export function closingWrite({ entities }: Tenant, closing: Closing): Write {
  const row = { ...closing, ...watched('CLOSING', closing.shopId, closing.leaseUntil) };
  return put(
    'closing',
    closing.revision === 1
      ? entities.closing.create(row).params()
      : entities.closing
          .put(row)
          .where(({ revision }, { eq }) => eq(revision, closing.revision - 1))
          .params(),
  );
}

/** Takes the row away, if nobody wrote it since. */
export const removeClosing = ({ entities }: Tenant, closing: Closing): Write =>
  remove(
    'closing',
    entities.closing
      .remove({})
      .where(({ revision }, { eq }) => eq(revision, closing.revision))
      .params(),
  );
