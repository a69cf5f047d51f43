import type { Actor } from '../actor.ts';
import type { JobFile } from '../file/file.ts';
import type { Job } from '../job/job.ts';
import { refuse, type Refusal } from '../refusal.ts';

export const messageEventTypes = ['message.written', 'note.written'] as const;

export const sides = ['shop', 'customer'] as const;
/** The two ends of a conversation. */
export type Side = (typeof sides)[number];

/** Something said about a job. A note stays in the shop. */
export interface Message {
  id: string;
  jobId: string;
  from: Side;
  authorName: string;
  internal: boolean;
  text: string;
  /** Files of the job that it is about. */
  fileIds: string[];
  /** The version of the offer that was in force when it was written; none before the first. */
  quoteVersion?: number;
  at: string;
}

export interface NewMessage {
  text: string;
  fileIds: readonly string[];
  internal: boolean;
}

/** Most that is said at once, UTF-16 units. */
export const longestMessage = 4000;
export const mostAttachments = 20;
/** Messages of one side about one job: both sides' longest ones together fit in one answer of the API. */
export const mostMessages = 200;

/** Who a message is for: the other side. */
export const addresseeOf = ({ from }: Pick<Message, 'from'>): Side => (from === 'shop' ? 'customer' : 'shop');

/** Says something about a job. Only the shop keeps notes; what is attached is already at the job. `said`: all before. @param now ISO 8601 UTC */
export function writeMessage(
  id: string,
  { text, fileIds, internal }: NewMessage,
  { job, files, said }: { job: Job; files: readonly JobFile[]; said: readonly Message[] },
  actor: Actor,
  now: string,
): Message | Refusal {
  const from: Side = actor.kind === 'staff' ? 'shop' : 'customer';
  if (internal && from === 'customer')
    return refuse('invalid', 'Only the shop keeps notes. Write a message instead.', 'internal');
  if (said.filter((message) => message.from === from).length >= mostMessages)
    return refuse(
      'not_ready',
      `Each side writes at most ${mostMessages} messages about a job. Go on by mail or phone.`,
    );
  const strange = fileIds.find((fileId) => !files.some((file) => file.id === fileId));
  if (strange !== undefined)
    return refuse('invalid', 'Attach files that are at the job already; upload others first.', 'fileIds');
  const version = job.quote?.state === 'draft' ? undefined : job.quote?.version;
  return {
    id,
    jobId: job.id,
    from,
    authorName: 'name' in actor ? actor.name : job.customer.name,
    internal,
    text,
    fileIds: [...new Set(fileIds)],
    ...(version === undefined ? {} : { quoteVersion: version }),
    at: now,
  };
}

/** How much of a thread a side has not seen: what the other side wrote after the last message it has read. */
export const unreadBy = (side: Side, messages: readonly Message[], readUpTo: string | undefined): number =>
  messages.filter(
    ({ id, from, internal }) => from !== side && !internal && (readUpTo === undefined || id > readUpTo),
  ).length;
