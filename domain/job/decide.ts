import { partiesOf, type Actor } from '../actor.ts';
import { isRefusal, refuse, type Refusal } from '../refusal.ts';
import type { JobCommand, JobCommandName } from './commands.ts';
import { flagsAfter } from './due.ts';
import type { Job, JobEvent, Part } from './job.ts';
import type { JobState } from './state.ts';
import { course } from './rules/course.ts';
import { delivery } from './rules/delivery.ts';
import { payment } from './rules/payment.ts';
import { production } from './rules/production.ts';
import { quoting } from './rules/quoting.ts';
import type { Consequences, Rule, Rules } from './rules/rule.ts';
import { vendor } from './rules/vendor.ts';
import { vendorWord } from './vendor-word.ts';
import { arrowsFrom, labelOf, type Arrow, type WorkflowTemplate } from './template.ts';

export interface Decision {
  job: Job;
  /** Only the parts that changed. */
  parts: Part[];
  event: JobEvent;
}

const rules: Rules<JobCommandName> = {
  ...quoting,
  ...vendor,
  ...payment,
  ...production,
  ...delivery,
  ...course,
};
/** The rule of a command; the table's type ties the two together, which the compiler can not follow through an index. */
const ruleOf = (name: JobCommandName): Rule<JobCommand> => rules[name] as Rule<JobCommand>;

/**
 * Applies one command to a job: arrow, party, conditions, change, event. Pure.
 * @param now ISO 8601 UTC instant
 */
export function decide(state: JobState, command: JobCommand, actor: Actor, now: string): Decision | Refusal {
  const arrow = findArrow(state, command.name, actor);
  if (isRefusal(arrow)) return arrow;
  const rule = ruleOf(command.name);
  const refusal = rule.ready?.(state, now) ?? rule.accepts?.(state, command, now, actor);
  if (refusal) return refusal;

  const { job: before } = state;
  const to = rule.target ? rule.target(state, command, arrow) : (arrow.to[0] ?? before.status);
  if (!arrow.to.includes(to))
    return refuse(
      'not_allowed_now',
      `No way leads to "${to}" from here. Possible: ${arrow.to.join(', ')}.`,
      'to',
    );
  const { changes = {}, parts = [], data = {} } = rule.then?.(state, command, now) ?? {};
  const moves = to !== before.status;
  const word = vendorWord(before, to, now);
  const job = changed(before, {
    ...(moves && to !== 'on_hold' ? { heldFrom: undefined } : {}),
    ...(moves && before.status === 'payment_due' && to !== 'on_hold' ? { dueFrom: undefined } : {}),
    ...(moves ? { flags: flagsAfter(before.flags) } : {}),
    ...(word ? { vendor: word.vendor } : {}),
    ...changes,
    status: to,
    version: before.version + 1,
    visit: before.visit + (moves ? 1 : 0),
    updatedAt: now,
  });
  return {
    job,
    parts,
    event: {
      type: typeof rule.event === 'string' ? rule.event : rule.event(command),
      ...(moves ? { transition: { from: before.status, to, visit: job.visit } } : {}),
      data: word ? { ...data, ...word.facts } : data,
    },
  };
}

function changed(before: Job, changes: Consequences['changes']): Job {
  const entries = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as Job;
}

/** What must still be true of the job before anybody may send the command; undefined when nothing stands in the way. */
export const whyNot = (state: JobState, command: JobCommandName, now: string): Refusal | undefined =>
  ruleOf(command).ready?.(state, now);

/** The arrows an actor may take now. An answer needs an open offer. */
export function arrowsFor(template: WorkflowTemplate, job: Job, actor: Actor): Arrow[] {
  const parties = partiesOf(actor);
  return arrowsFrom(template, job)
    .filter((arrow) => arrow.by.some((party) => parties.includes(party)))
    .filter(({ command }) => !answers.includes(command) || job.quote?.state === 'sent');
}

/** The arrows that are steps of the job: the end of a run is told of the run, nobody chooses it for the job. */
export const stepsFor = (template: WorkflowTemplate, job: Job, actor: Actor): Arrow[] =>
  arrowsFor(template, job, actor).filter(({ command }) => command !== 'record_run');

/** The commands an actor may send now. Of the conditions only the plainest is looked at: an offer must be open to be answered. */
export const legalCommands = (template: WorkflowTemplate, job: Job, actor: Actor): JobCommandName[] =>
  arrowsFor(template, job, actor).map(({ command }) => command);

const answers: readonly JobCommandName[] = ['approve_quote', 'request_changes', 'decline_quote'];

function findArrow({ job, template }: JobState, name: JobCommandName, actor: Actor): Arrow | Refusal {
  const arrows = arrowsFrom(template, job).filter((arrow) => arrow.command === name);
  const words = name.replaceAll('_', ' ');
  if (arrows.length === 0) {
    const possible = stepsFor(template, job, actor).map(({ command }) => command);
    const instead =
      possible.length > 0 ? `Possible now: ${possible.join(', ')}.` : 'Nothing can be done by you now.';
    const label = labelOf(template, job.status, 'shop');
    return refuse('not_allowed_now', `A job in "${label}" can not ${words}. ${instead}`);
  }
  const parties = partiesOf(actor);
  return (
    arrows.find((arrow) => arrow.by.some((party) => parties.includes(party))) ??
    refuse('not_yours_to_do', `Only ${arrows.flatMap((each) => each.by).join(' or ')} can ${words} here.`)
  );
}
