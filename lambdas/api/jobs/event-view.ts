import type { Actor } from '#domain/actor.ts';
import type { EventView } from '#contract/views/job.ts';
import type { logAfter } from '../../adapters/dynamo/repositories/events.ts';

const nameOf = (actor: Actor): string => (actor.kind === 'agent' ? 'Machine' : actor.name);

export function eventView(row: Awaited<ReturnType<typeof logAfter>>[number]): EventView {
  const { id, seq, type, jobId, at, actor, transition, data } = row;
  return { id, seq, type, jobId, at, actor: { kind: actor.kind, name: nameOf(actor) }, transition, data };
}
