import type { BusEvent } from '#contract/events.ts';
import { markMonth, monthOf, type MonthMark } from '#domain/platform/usage.ts';
import { put, update, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';
import { usageWrite } from './usages.ts';

export async function loadEvent({ entities }: Tenant, jobId: string, id: string) {
  return (await entities.event.get({ jobId, id }).go({ consistent: true })).data ?? undefined;
}
export type EventRow = NonNullable<Awaited<ReturnType<typeof loadEvent>>>;

/** The last number the shop's log has given out, and how much of it belongs to which month. */
export async function lastSeq({ entities }: Tenant): Promise<{ value: number; month?: MonthMark }> {
  const { data } = await entities.counter.get({ name: 'events' }).go({ consistent: true });
  return data ? { value: data.value, ...(data.month ? { month: data.month } : {}) } : { value: 0 };
}

/** Moves the counter on and stamps the row; fails when either has been done. The row keeps its place on the watch list. */
export function numberWrites(
  t: Tenant,
  row: EventRow,
  { value: last, month: mark }: Awaited<ReturnType<typeof lastSeq>>,
  now: string,
): Write[] {
  const { entities } = t;
  const { mark: month, closed } = markMonth(mark, last, monthOf(now));
  return [
    last === 0
      ? put('counter', entities.counter.create({ name: 'events', value: 1, month }).params())
      : update(
          'counter',
          entities.counter
            .patch({ name: 'events' })
            .set({ value: last + 1, month })
            .where(({ value }, { eq }) => eq(value, last))
            .params(),
        ),
    put(
      'event',
      entities.event
        .put({ ...row, seq: last + 1 })
        .where(({ seq, id }, { notExists, exists }) => `${notExists(seq)} AND ${exists(id)}`)
        .params(),
    ),
    ...(closed ? [usageWrite(t, closed.month, { events: closed.count })] : []),
  ];
}

/** The event is on the bus: off the watch list. */
export async function clearOutbox({ entities }: Tenant, jobId: string, id: string): Promise<void> {
  await entities.event.patch({ jobId, id }).remove(['syspk', 'syssk']).go();
}

export function toBusEvent(row: EventRow, seq: number): BusEvent {
  const { id: eventId, shopId, jobId, customerId, type, at, actor, transition, data, quiet, undoUntil } = row;
  return {
    eventId,
    seq,
    shopId,
    jobId,
    customerId,
    type,
    at,
    actor,
    ...(transition ? { transition } : {}),
    data,
    ...(quiet ? { quiet: true } : {}),
    ...(undoUntil === undefined ? {} : { undoUntil }),
  };
}
