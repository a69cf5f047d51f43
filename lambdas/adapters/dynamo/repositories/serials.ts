import { put, update, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';

/** Series without gaps: a number and what it names are written together. */
export type Series = 'invoices' | 'credit_notes' | 'purchase_orders';

/** The last number given out; 0 before the first. */
export async function lastSerial({ entities }: Tenant, name: Series | 'jobs' | 'events'): Promise<number> {
  return (await entities.counter.get({ name }).go({ consistent: true })).data?.value ?? 0;
}

/** Takes the number; a conflict (`serial`) says that somebody else took it meanwhile. */
export const serialWrite = ({ entities }: Tenant, name: Series, serial: number): Write =>
  serial === 1
    ? put('serial', entities.counter.create({ name, value: 1 }).params())
    : update(
        'serial',
        entities.counter
          .patch({ name })
          .set({ value: serial })
          .where(({ value }, { eq }) => eq(value, serial - 1))
          .params(),
      );
