import type { Actor } from '#domain/actor.ts';
import type { EventView } from '#contract/views/job.ts';
import type { EventRow } from './customer-view.ts';

const nameOf = (actor: Actor): string => (actor.kind === 'agent' ? 'Machine' : actor.name);

/** The event as the staff of the shop see it. */
export function eventView(row: EventRow & { seq?: number | undefined }): EventView {
  const { id, seq, type, jobId, at, actor, transition, data, quiet } = row;
  return {
    id,
    seq,
    type,
    jobId,
    at,
    actor: { kind: actor.kind, name: nameOf(actor) },
    transition,
    data,
    quiet,
  };
}
