import { isConditionFailed } from '../condition-failed.ts';
import type { Tenant } from '../tenant.ts';

const keptSeconds = 300;

/** Leases `size` calls of a minute's allowance, in one write. Of many at the same moment none gets what another has. */
export async function leaseCalls(
  { entities }: Tenant,
  subject: string,
  minute: number,
  { size, callsPerMinute }: { size: number; callsPerMinute: number },
): Promise<boolean> {
  try {
    await entities.callCount
      .upsert({ subject, minute })
      .add({ leased: size })
      .set({ ttl: minute * 60 + keptSeconds })
      .where(
        ({ leased }, { notExists, lte }) => `${notExists(leased)} OR ${lte(leased, callsPerMinute - size)}`,
      )
      .go();
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
