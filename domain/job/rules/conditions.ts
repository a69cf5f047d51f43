import { depositOn } from '../../payment/deposit.ts';
import { refuse, type Refusal } from '../../refusal.ts';
import type { Actor } from '../../actor.ts';
import { processNames } from '../../process.ts';
import type { Look } from '../commands.ts';
import { beforeAgreement, good, type Job, type Part, type Status } from '../job.ts';
import type { JobState } from '../state.ts';
import { labelOf, statusesOf } from '../template.ts';

/** The conditions that several commands share. Undefined: go ahead. */
export type Condition = Refusal | undefined;

export const partOf = (state: JobState, partId: string): Part | undefined =>
  state.parts.find((part) => part.id === partId);

export const reasonGiven = (reason: string, field = 'reason'): Condition =>
  reason.trim() === '' ? refuse('invalid', 'Say why, in a few words.', field) : undefined;

/** A member of the shop who answers for the customer says how they know. */
export const spokenFor = (actor: Actor, onBehalf: string | undefined): Condition =>
  actor.kind === 'staff' && (onBehalf ?? '').trim() === ''
    ? refuse('invalid', 'Say how the customer told you: on the phone, at the counter, by mail.', 'onBehalf')
    : undefined;

export function filesChecked({ template, parts, files }: JobState): Condition {
  if (parts.length === 0)
    return template.needsParts ? refuse('not_ready', 'Add at least one part first.', 'parts') : undefined;
  for (const part of parts) {
    const file = files.find((each) => each.id === part.fileId);
    if (!file) return refuse('not_ready', `"${part.name}" has no file.`, 'parts');
    if (file.state === 'refused')
      return refuse(
        'not_ready',
        `"${file.name}" can not be made as it is. Remove it or upload a repaired file.`,
        'parts',
      );
    if (file.state !== 'checked')
      return refuse('not_ready', `"${file.name}" is still being checked. Try again in a moment.`, 'parts');
  }
  return undefined;
}

export const offerOpen = ({ job }: JobState): Condition =>
  job.quote?.state === 'sent' ? undefined : refuse('stale', 'There is no open quote to answer.', 'version');

export const versionSeen = ({ quote }: Job, version: number): Condition =>
  quote && quote.version !== version
    ? refuse(
        'stale',
        `You saw version ${version}; version ${quote.version} has replaced it. Look at it first.`,
        'version',
      )
    : undefined;

export const unexpired = ({ job: { quote } }: JobState, now: string): Condition =>
  quote && quote.validUntil <= now
    ? refuse('expired', 'This quote is no longer valid. Ask the shop to renew it.', 'version')
    : undefined;

/** The customer has agreed to the quote in force. A reopened job must be agreed anew. */
export const agreed = ({ job }: JobState): Condition =>
  job.agreedAt !== undefined && job.quote?.state === 'approved'
    ? undefined
    : refuse('not_ready', 'The customer has not agreed to a price yet.', 'quote');

/**
 * What is asked for before production, in minor units: what the offer said, or less where the shop's rule asks for less by now. A
 * shop can not raise what its customer has agreed to.
 */
export function depositAsked({ job, template }: JobState): number {
  const byRule = depositOn(template.deposit, job.quote?.totalMinor ?? 0);
  return Math.min(byRule, job.quote?.depositMinor ?? byRule);
}

/** What is still due before production, in minor units; 0 when the payment terms are met (DF-07). */
export function dueBeforeProduction(state: JobState): number {
  const { job } = state;
  if (job.payment === 'paid' || job.po || job.termsWaived !== undefined) return 0;
  return Math.max(0, depositAsked(state) - (job.paidMinor ?? 0));
}

/** Payment terms met, or passed over with a reason. */
export function termsMet(state: JobState, override?: string): Condition {
  if (override !== undefined) return reasonGiven(override, 'override');
  if (dueBeforeProduction(state) === 0) return undefined;
  const { quote, paidMinor = 0 } = state.job;
  const whole = quote?.depositMinor === quote?.totalMinor;
  const what = `${paidMinor > 0 ? 'The rest of the' : 'The'} ${whole ? 'payment' : 'deposit'}`;
  return refuse('not_ready', `${what} has not arrived. Wait for it, or go on with a reason.`, 'override');
}

export function allMade({ parts, openRuns }: JobState): Condition {
  if (openRuns.length > 0)
    return refuse(
      'not_ready',
      `${openRuns.length} run${openRuns.length === 1 ? ' is' : 's are'} not over yet.`,
    );
  const short = parts.filter((part) => good(part) < part.wanted);
  if (short.length === 0) return undefined;
  const list = short.map((part) => `${part.wanted - good(part)} of "${part.name}"`).join(', ');
  return refuse('not_ready', `Still missing: ${list}.`, 'parts');
}

/**
 * Each way of making in the job has been looked at by its list since it was last made (CO-45), and the newest such look passed.
 * Looks before a rework, or before the customer agreed anew, were at other pieces.
 */
export function inspected({ job, template, parts }: JobState, looks: readonly Look[]): Condition {
  if (!template.needsInspection) return undefined;
  for (const process of new Set(parts.map((part) => part.process))) {
    const name = processNames[process].toLowerCase();
    const last = looks
      .filter((look) => look.process === process && look.reworkCycle === job.reworkCycle)
      .filter(({ at }) => at >= (job.agreedAt ?? ''))
      .sort((a, b) => a.at.localeCompare(b.at))
      .at(-1);
    if (!last)
      return refuse(
        'not_ready',
        `Nobody has inspected this by the list for ${name} yet. Record an inspection first.`,
        'inspections',
      );
    if (last.outcome === 'fail')
      return refuse(
        'not_ready',
        `The last inspection by the list for ${name} has failed. Fail the check, or inspect again.`,
        'inspections',
      );
  }
  return undefined;
}

export function countInHand(state: JobState, partId: string, count: number): Condition {
  const part = partOf(state, partId);
  if (!part) return refuse('invalid', 'No such part in this job.', 'partId');
  if (!Number.isSafeInteger(count) || count < 1 || count > good(part))
    return refuse('invalid', `Choose 1 to ${good(part)} pieces: that is what is in hand.`, 'count');
  return undefined;
}

/** Statuses that stand for a thing which nobody can decide into being: an open quote, a question, an order form. */
export function standsFor(state: JobState, to: Status, now: string): Condition {
  const { job, template } = state;
  if (!statusesOf(template).includes(to))
    return refuse('invalid', `${template.title} has no status "${to}".`, 'to');
  const label = labelOf(template, to, 'shop');
  switch (to) {
    case 'draft':
      return refuse('not_ready', 'What was submitted is no draft any more.', 'to');
    case 'quoted':
      return job.quote?.state === 'sent' && job.quote.validUntil > now
        ? undefined
        : refuse('not_ready', `"${label}" needs an open quote. Send one instead.`, 'to');
    case 'vendor_quote':
      return job.vendor
        ? undefined
        : refuse('not_ready', `"${label}" needs a vendor. Ask one instead.`, 'to');
    case 'po_provided':
    case 'payment_due':
      return job.po
        ? undefined
        : refuse('not_ready', `"${label}" needs a purchase order. Enter its number instead.`, 'to');
    default:
      return job.quote || beforeAgreement.includes(to)
        ? undefined
        : refuse('not_ready', `"${label}" needs a price. Send a quote first.`, 'to');
  }
}

/** What holds in a status however it is entered, for jobs that are moved there by hand. */
export function entryCondition(state: JobState, to: Status): Condition {
  switch (to) {
    case 'review':
    case 'quoting':
      return filesChecked(state);
    case 'placed':
    case 'po_provided':
    case 'waiting_for_payment':
      return agreed(state);
    case 'ready_to_make':
    case 'in_production':
    case 'rework':
    case 'payment_due':
      return agreed(state) ?? termsMet(state);
    case 'post_production':
    case 'quality_check':
    case 'ready_for_pickup':
    case 'ready_for_shipping':
    case 'shipped':
    case 'delivered':
    case 'completed':
      return agreed(state) ?? termsMet(state) ?? allMade(state);
    case 'draft':
    case 'quoted':
    case 'vendor_quote':
    case 'on_hold':
    case 'canceled_by_customer':
    case 'canceled_by_shop':
      return undefined;
  }
}
