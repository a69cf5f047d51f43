import type { Actor } from '../../actor.ts';
import type { Refusal } from '../../refusal.ts';
import type { JobCommand, JobCommandName } from '../commands.ts';
import type { Job, JobEvent, JobEventType, Part, Status } from '../job.ts';
import type { JobState } from '../state.ts';
import type { Arrow } from '../template.ts';

/** What a command changes beside the status, and what its event tells. */
export interface Consequences {
  /** A key that is undefined takes the value off the job. */
  changes: { [K in keyof Job]?: Job[K] | undefined };
  /** Only the parts that changed. */
  parts: Part[];
  data: JobEvent['data'];
}

/** Everything about one command but who may send it from where, which is the template's. */
export interface Rule<C extends JobCommand> {
  event: JobEventType | ((command: C) => JobEventType);
  /** What must be true of the job, whatever the command says. */
  ready?: (state: JobState, now: string) => Refusal | undefined;
  /** What must be true of the command. */
  accepts?: (state: JobState, command: C, now: string, actor: Actor) => Refusal | undefined;
  /** Which of the arrow's ends; the first without one. */
  target?: (state: JobState, command: C, arrow: Arrow) => Status;
  then?: (state: JobState, command: C, now: string) => Partial<Consequences>;
}

export type CommandOf<N extends JobCommandName> = Extract<JobCommand, { name: N }>;
export type Rules<N extends JobCommandName> = { [K in N]: Rule<CommandOf<K>> };
