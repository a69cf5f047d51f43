import type { Standing } from '#domain/platform/standing.ts';
import { put, type Write } from '../commit.ts';
import { NoShopError } from '../no-shop.ts';
import type { Tenant } from '../tenant.ts';

export const createStanding = ({ entities }: Tenant, standing: Standing): Write =>
  put('standing', entities.standing.create(standing).params());

/** Writes a standing whose version was one lower when it was read. */
export const putStanding = ({ entities }: Tenant, standing: Standing): Write =>
  put(
    'standing',
    entities.standing
      .put(standing)
      .where(({ version }, { eq }) => eq(version, standing.version - 1))
      .params(),
  );

/**
 * @param consistent false where a moment's delay does no harm: at half the price
 * @throws NoShopError
 */
export async function loadStanding({ entities, shopId }: Tenant, consistent = true): Promise<Standing> {
  const { data } = await entities.standing.get({}).go({ consistent });
  if (!data) throw new NoShopError(shopId);
  return data;
}
