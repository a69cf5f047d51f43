import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roles, type Actor } from '../actor.ts';
import { isRefusal } from '../refusal.ts';
import { automaticCommand } from './automatic.ts';
import type { JobCommand } from './commands.ts';
import { decide, legalCommands } from './decide.ts';
import { dueOnEntering } from './due.ts';
import { checkedFile, commandFor, earlier, job, later, part } from './job-for-test.ts';
import { good, isLive, statuses, type Status } from './job.ts';
import type { JobState } from './state.ts';
import { agreed, dueBeforeProduction } from './rules/conditions.ts';
import { arrowsFrom, statusesOf, type WorkflowTemplate } from './template.ts';
import { shippedTemplates } from './templates/all.ts';

const startMs = Date.parse('2026-05-04T10:00:00Z');
const at = (hours: number): string => new Date(startMs + hours * 3_600_000).toISOString();

const owner: Actor = { kind: 'staff', personId: 'p', name: 'Ana', role: 'owner' };
const cleo: Actor = { kind: 'customer', customerId: 'c', name: 'Cleo' };
const machine: Actor = { kind: 'agent', agentId: 'a' };
const workflow: Actor = { kind: 'system', name: 'workflow' };
const actors = fc.constantFrom<Actor>(
  ...roles.map((role): Actor => ({ kind: 'staff', personId: 'p', name: 'Sam', role })),
  cleo,
  machine,
  workflow,
  { kind: 'vendor', name: 'Casting House' },
);
const small = fc.integer({ min: -1, max: 5 });
const partId = fc.constantFrom('part_1', 'part_2', 'part_9');
const reason = fc.constantFrom('as agreed', ' ');
const maybeReason = fc.constantFrom(undefined, 'as agreed', '');
const hours = fc.integer({ min: 0, max: 60 });
const anyStatus = fc.constantFrom(...statuses);
const offer = fc.record({
  totalMinor: fc.constantFrom(4200, 1, 0, -5, NaN),
  currency: fc.constant('USD'),
  validUntil: hours.map(at),
});

/** A value that may be missing, as the optional fields of commands are. */
const without = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;

/** Commands as anybody could send them, sensible or not. */
const commands: fc.Arbitrary<JobCommand> = fc
  .oneof(
    fc.constantFrom(
      ...(
        [
          'submit',
          'start_quoting',
          'withdraw_quote',
          'expire_quote',
          'recall',
          'ask_payment',
          'due',
          'paid',
          'finish',
          'ready',
          'ship',
          'hand_over',
          'confirm_delivery',
          'resume',
        ] as const
      ).map((name) => ({ name })),
    ),
    offer.map((terms) => ({ name: 'send_quote', ...terms })),
    offer.map((terms) => ({ name: 'record_price', ...terms })),
    fc
      .tuple(offer, fc.constantFrom([], ['thin walls']), maybeReason)
      .map(([terms, reviewReasons, onBehalf]) => ({
        name: 'place',
        ...terms,
        reviewReasons,
        onBehalf,
      })),
    fc.record({ name: fc.constant('approve_quote'), version: small, onBehalf: maybeReason }),
    fc.record({
      name: fc.constant('request_changes'),
      version: small,
      message: reason,
      onBehalf: maybeReason,
    }),
    fc.record({ name: fc.constant('decline_quote'), version: small, reason, onBehalf: maybeReason }),
    fc.record({ name: fc.constant('provide_po'), number: fc.constantFrom('PO-7', ' ') }),
    fc.record({ name: fc.constantFrom('release', 'begin_work'), override: maybeReason }),
    fc.record({ name: fc.constant('record_vendor_price'), costMinor: small, currency: fc.constant('USD') }),
    fc.record({
      name: fc.constant('start'),
      partId,
      quantity: small,
      runId: fc.constant('run_1'),
      machineId: fc.constant('mac_1'),
      override: maybeReason,
    }),
    fc.record({
      name: fc.constant('record_run'),
      runId: fc.constant('run_1'),
      partId,
      outcome: fc.constantFrom('finished', 'failed', 'canceled'),
      made: fc.nat({ max: 4 }),
    }),
    fc.record({
      name: fc.constant('pass_check'),
      looks: fc.array(
        fc.record({
          process: fc.constant('fdm'),
          outcome: fc.constantFrom('pass', 'fail'),
          reworkCycle: fc.nat({ max: 2 }),
          at: fc.constantFrom(earlier, later),
        }),
        { maxLength: 2 },
      ),
    }),
    fc.record({ name: fc.constantFrom('fail_check', 'fault'), partId, count: small, reason }),
    fc.record({ name: fc.constantFrom('hold', 'cancel', 'reopen', 'vendor_decline'), reason }),
    fc.record({ name: fc.constant('change'), to: anyStatus, reason, override: fc.boolean() }),
    fc.record({ name: fc.constant('resume'), to: anyStatus, override: maybeReason }),
  )
  .map((command) => without(command) as JobCommand);

const ways = [...Array<'forward'>(6).fill('forward'), 'offered', 'offered', 'random'] as const;
const steps = fc.array(
  fc.record({
    actor: actors,
    command: commands,
    passed: fc.constantFrom(0, 0, 1, 10),
    // Most steps go forward and some take anything that is offered, so that the sequences come far.
    way: fc.constantFrom(...ways),
    pick: fc.nat({ max: 40 }),
    /** The money arrives. */
    pays: fc.constantFrom(false, false, false, true),
  }),
  { minLength: 15, maxLength: 60, size: 'max' },
);

const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
};

/** What a bystander knows of the job without looking at its code: the offer that is open, and where a hold began. */
interface Bystander {
  openVersion: number | undefined;
  validUntil: string;
  heldFrom: Status | undefined;
}

const making: readonly Status[] = ['ready_to_make', 'in_production', 'rework'];

/** The conditions of the accepted commands, told once more in other words. */
function assertAllowed(
  before: JobState,
  command: JobCommand,
  actor: Actor,
  now: string,
  seen: Bystander,
): void {
  const finished = before.openRuns.length === 0 && before.parts.every((each) => good(each) >= each.wanted);
  const said = (words: string | undefined) => (words ?? '').trim() !== '';
  const overridden = 'override' in command && command.override !== undefined;
  switch (command.name) {
    case 'submit':
    case 'send_quote':
    case 'place':
      if (before.template.needsParts) expect(before.parts.length).toBeGreaterThan(0);
      for (const each of before.parts)
        expect(before.files.find((file) => file.id === each.fileId)?.state).toBe('checked');
      if (command.name !== 'submit') expect(command.totalMinor).toBeGreaterThan(0);
      if (command.name === 'place') expect(command.reviewReasons).toEqual([]);
      return;
    case 'approve_quote':
      expect(now < seen.validUntil).toBe(true);
      expect(command.version).toBe(seen.openVersion);
      expect(actor.kind === 'customer' || said(command.onBehalf)).toBe(true);
      return;
    case 'request_changes':
    case 'decline_quote':
      expect(command.version).toBe(seen.openVersion);
      expect(actor.kind === 'customer' || said(command.onBehalf)).toBe(true);
      return;
    case 'expire_quote':
      expect(now >= seen.validUntil).toBe(true);
      return;
    case 'release':
    case 'begin_work':
    case 'start':
      // DF-07: only when the payment terms are met, or with a reason.
      expect(dueBeforeProduction(before) === 0 || (overridden && said(String(command.override)))).toBe(true);
      if (command.name === 'begin_work') expect(['draft', 'approved']).toContain(before.job.quote?.state);
      if (command.name === 'start') expect(command.quantity).toBeGreaterThan(0);
      return;
    case 'paid':
      expect(before.job.payment).toBe('paid');
      return;
    case 'due':
      expect(before.job.po?.number).toBe('PO-7');
      expect(actor.kind === 'staff' || (before.job.po?.dueAt ?? '9') <= now).toBe(true);
      return;
    case 'pass_check':
      expect(command.looks).toContainEqual(
        expect.objectContaining({ outcome: 'pass', reworkCycle: before.job.reworkCycle }),
      );
      expect(finished).toBe(true);
      return;
    case 'finish':
    case 'ready':
      expect(finished).toBe(true);
      return;
    case 'hold':
    case 'cancel':
    case 'reopen':
    case 'change':
      expect(command.reason.trim()).not.toBe('');
      if (command.name === 'change' && making.includes(command.to))
        expect(overridden && command.override ? 'overridden' : agreed(before)).toBe(
          overridden && command.override ? 'overridden' : undefined,
        );
      return;
    default:
      return;
  }
}

function nextSeen(seen: Bystander, before: JobState, command: JobCommand, after: JobState): Bystander {
  const { quote } = after.job;
  const held = command.name === 'hold' ? { heldFrom: before.job.status } : {};
  return {
    ...seen,
    ...held,
    openVersion: quote?.state === 'sent' ? quote.version : undefined,
    ...(command.name === 'send_quote' ? { validUntil: command.validUntil } : {}),
  };
}

function fresh(
  template: WorkflowTemplate,
  delivery: 'pickup' | 'shipping',
  postProduction: boolean,
): JobState {
  return {
    template,
    job: job({ template: template.name, status: template.bornIn, version: 1, visit: 1, delivery }),
    parts: [part({ wanted: 1 }), part({ id: 'part_2', wanted: 1, postProduction })],
    files: [checkedFile],
    openRuns: [],
  };
}

/** Purchase orders fall due at once here, so that short walks come to it. */
const templates = Object.values(shippedTemplates).map((template) => ({ ...template, netDays: 0 }));

describe.each(templates)('$name', (template) => {
  test('no sequence of commands by anybody leaves the declared statuses, skips a guard or loses count', () => {
    const reached = new Set<Status>([template.bornIn]);
    fc.assert(
      fc.property(
        fc.constantFrom('pickup' as const, 'shipping' as const),
        fc.boolean(),
        steps,
        (delivery, byHand, sequence) => {
          let state = freeze(fresh(template, delivery, byHand));
          let seen: Bystander = { openVersion: undefined, validUntil: '', heldFrom: undefined };
          let made = 0;
          let clock = 0;
          for (const step of sequence) {
            clock += step.passed;
            const now = at(clock);
            if (step.pays && state.job.quote?.state === 'approved')
              state = freeze({ ...state, job: { ...state.job, payment: 'paid' as const } });
            const ahead = step.way === 'forward' ? forward(state, step.pick) : undefined;
            const actor = ahead?.actor ?? step.actor;
            const offered = legalCommands(template, state.job, actor);
            const chosen =
              step.way === 'offered' ? offered[step.pick % Math.max(1, offered.length)] : ahead?.name;
            const command = chosen ? sensible(state, chosen, now, step.pick) : step.command;
            const decision = decide(state, command, actor, now);
            if (isRefusal(decision)) {
              expect(decision.message.length).toBeGreaterThan(10);
              continue;
            }
            assertAllowed(state, command, actor, now, seen);
            const { job: after, parts, event } = decision;
            const moved = after.status !== state.job.status;
            expect(offered).toContain(command.name);
            expect(statusesOf(template)).toContain(after.status);
            expect(after.version).toBe(state.job.version + 1);
            expect(after.visit).toBe(state.job.visit + (moved ? 1 : 0));
            expect(event.transition).toEqual(
              moved ? { from: state.job.status, to: after.status, visit: after.visit } : undefined,
            );
            if (command.name === 'resume') expect(after.status).toBe(command.to ?? seen.heldFrom);
            expect(after.heldFrom).toBe(
              after.status === 'on_hold' ? (moved ? state.job.status : seen.heldFrom) : undefined,
            );
            if (after.status === 'payment_due') expect(after.dueFrom).toBeDefined();
            // Whatever has been said, the due entries of the new stay can be acted on.
            for (const due of dueOnEntering(after, template, now)) expect(due.at).toMatch(/^\d{4}-/);

            const merged = state.parts.map((each) => parts.find((changed) => changed.id === each.id) ?? each);
            for (const each of merged) {
              expect(each.scrapped).toBeGreaterThanOrEqual(0);
              expect(each.made).toBeGreaterThanOrEqual(each.scrapped);
            }
            if (command.name === 'record_run') made += command.made;
            if (command.name === 'reopen' && !state.job.status.startsWith('canceled')) made = 0;
            expect(merged.reduce((sum, each) => sum + each.made, 0)).toBe(made);
            const next = {
              ...state,
              job: after,
              parts: merged,
              openRuns: runsAfter(state.openRuns, command),
            };
            seen = nextSeen(seen, state, command, next);
            state = freeze(next);
            reached.add(after.status);
            const automatic = automaticCommand(state);
            if (automatic) {
              const taken = decide(state, automatic, workflow, now);
              expect(isRefusal(taken) ? taken.message : 'taken').toBe('taken');
            }
            // Nobody is stuck: from a live job somebody can do something.
            if (isLive(state.job)) expect(arrowsFrom(template, state.job).length).toBeGreaterThan(2);
          }
        },
      ),
      { numRuns: 150, seed: 20260504 },
    );
    // The walk is only worth something if it gets around.
    expect(statusesOf(template).filter((status) => !reached.has(status) && status !== 'draft')).toEqual([]);
  });
});

function runsAfter(runs: JobState['openRuns'], command: JobCommand): JobState['openRuns'] {
  if (command.name === 'start')
    return [...runs, { id: command.runId, partId: command.partId, quantity: command.quantity }];
  return command.name === 'record_run' ? runs.slice(1) : runs;
}

/** The next step of the main road and somebody who may take it. */
function forward(state: JobState, pick: number): { actor: Actor; name: JobCommand['name'] } | undefined {
  const { job, template, parts, openRuns } = state;
  const complete = parts.every((each) => good(each) >= each.wanted);
  const may = (name: JobCommand['name']) => legalCommands(template, job, owner).includes(name);
  switch (job.status) {
    case 'draft':
      return { actor: cleo, name: 'submit' };
    case 'review':
    case 'quoting':
      return { actor: owner, name: 'send_quote' };
    case 'quoted':
      return { actor: cleo, name: 'approve_quote' };
    case 'placed':
    case 'waiting_for_payment':
      return { actor: owner, name: pick % 2 === 0 ? 'provide_po' : 'release' };
    case 'po_provided':
      return { actor: owner, name: pick % 3 === 0 ? 'due' : 'release' };
    case 'ready_to_make':
    case 'in_production':
    case 'rework':
      if (openRuns.length > 0) return { actor: machine, name: 'record_run' };
      if (!complete) return { actor: owner, name: 'start' };
      return { actor: owner, name: may('ready') ? 'ready' : 'finish' };
    case 'post_production':
      return { actor: owner, name: 'finish' };
    case 'quality_check':
      return { actor: owner, name: 'pass_check' };
    case 'ready_for_pickup':
      return { actor: owner, name: 'hand_over' };
    case 'ready_for_shipping':
      return { actor: owner, name: may('confirm_delivery') ? 'confirm_delivery' : 'ship' };
    case 'shipped':
      return { actor: owner, name: 'confirm_delivery' };
    case 'vendor_quote':
      return { actor: owner, name: 'record_vendor_price' };
    case 'payment_due':
      return { actor: workflow, name: 'paid' };
    case 'on_hold':
      return { actor: owner, name: 'resume' };
    default:
      return { actor: owner, name: 'reopen' };
  }
}

/** The command with values that have a chance. */
function sensible(state: JobState, name: JobCommand['name'], now: string, pick: number): JobCommand {
  const { job, parts, template } = state;
  const missing = parts.find((each) => good(each) < each.wanted) ?? parts[0];
  const id = missing?.id ?? '';
  const validUntil = new Date(Date.parse(now) + 9 * 3_600_000).toISOString();
  const command = commandFor(name, state);
  switch (command.name) {
    case 'place':
    case 'send_quote':
    case 'record_price':
      return { ...command, validUntil };
    case 'release':
    case 'begin_work':
      return { ...command, override: 'a customer of many years' };
    case 'start':
      return { ...command, partId: id, override: 'a customer of many years' };
    case 'record_run':
      return { ...command, partId: id };
    case 'change': {
      const ends = arrowsFrom(template, job).find((arrow) => arrow.command === 'change')?.to ?? [];
      return { ...command, to: ends[pick % Math.max(1, ends.length)] ?? 'review', override: pick % 2 === 0 };
    }
    default:
      return command;
  }
}
