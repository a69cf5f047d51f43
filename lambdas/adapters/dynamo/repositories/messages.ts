import type { Message, Side } from '#domain/message/message.ts';
import { put, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';

export const putMessage = ({ entities }: Tenant, message: Message): Write =>
  put('message', entities.message.create(message).params());

/** Everything said about a job, notes too, oldest first. */
export async function messagesOfJob({ entities }: Tenant, jobId: string): Promise<Message[]> {
  return (await entities.message.query.ofJob({ jobId }).go({ consistent: true, pages: 'all' })).data;
}

/** The last message each side has read. */
export async function readMarks({ entities }: Tenant, jobId: string): Promise<Partial<Record<Side, string>>> {
  const { data } = await entities.readMark.query.ofJob({ jobId }).go({ consistent: true });
  return Object.fromEntries(data.map(({ side, upTo }) => [side, upTo]));
}

/** Moves a side's mark on, never back. */
export async function markRead({ entities }: Tenant, jobId: string, side: Side, upTo: string): Promise<void> {
  const before = (await entities.readMark.get({ jobId, side }).go({ consistent: true })).data?.upTo;
  if (before === undefined || before < upTo) await entities.readMark.put({ jobId, side, upTo }).go();
}
