import type { Tenant } from '../tenant.ts';

/** A job's timeline, oldest first. */
export async function timeline({ entities }: Tenant, jobId: string) {
  return (await entities.event.query.ofJob({ jobId }).go({ consistent: true, pages: 'all' })).data;
}

/**
 * The shop's log after `after`. Numbers are gapless, so the page ends before the first number the index does not show yet:
 * a reader never steps over an event.
 */
export async function logAfter({ entities }: Tenant, after: number, limit: number) {
  const { data } = await entities.event.query.log({}).gt({ seq: after }).go({ limit });
  const page = [];
  for (const event of data) {
    if (event.seq !== after + page.length + 1) break;
    page.push(event);
  }
  return page;
}

/** When something was last written to the shop's log. */
export async function lastEventAt({ entities }: Tenant): Promise<string | undefined> {
  const { data } = await entities.event.query.log({}).go({ order: 'desc', limit: 1 });
  return data[0]?.at;
}

/** Whether the step of this event was taken back. */
export const wasUndone = async (t: Tenant, jobId: string, eventId: string): Promise<boolean> =>
  (await timeline(t, jobId)).some(({ type, data }) => type === 'job.undone' && data['undoes'] === eventId);
