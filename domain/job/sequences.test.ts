import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roles, type Actor } from '../actor.ts';
import { isRefusal } from '../refusal.ts';
import { automaticCommand } from './automatic.ts';
import { decide, legalCommands } from './decide.ts';
import { checkedFile, job, part } from './job-for-test.ts';
import { good, statuses, type JobCommand, type JobState, type Status } from './job.ts';

const startMs = Date.parse('2026-05-04T10:00:00Z');
const at = (hours: number): string => new Date(startMs + hours * 3_600_000).toISOString();

const actors = fc.constantFrom<Actor>(
  ...roles.map((role): Actor => ({ kind: 'staff', personId: 'p', name: 'Sam', role })),
  { kind: 'customer', customerId: 'c', name: 'Cleo' },
  { kind: 'agent', agentId: 'a' },
  { kind: 'system', name: 'workflow' },
);
const small = fc.integer({ min: -1, max: 5 });
const partId = fc.constantFrom('part_1', 'part_2', 'part_9');
const reason = fc.constantFrom('as agreed', ' ');
const hours = fc.integer({ min: 0, max: 60 });

/** Commands as anybody could send them, sensible or not. */
const commands: fc.Arbitrary<JobCommand> = fc.oneof(
  fc.constantFrom<JobCommand>(
    { name: 'submit' },
    { name: 'start_quoting' },
    { name: 'withdraw_quote' },
    { name: 'expire_quote' },
    { name: 'finish' },
    { name: 'pass_check' },
    { name: 'hand_over' },
    { name: 'confirm_delivery' },
    { name: 'resume' },
  ),
  fc.record({
    name: fc.constant('send_quote' as const),
    totalMinor: fc.constantFrom(4200, 1, 0, -5, NaN),
    currency: fc.constant('USD'),
    validUntil: hours.map(at),
  }),
  fc.record({ name: fc.constant('approve_quote' as const), version: small }),
  fc.record({ name: fc.constant('request_changes' as const), version: small, message: reason }),
  fc.record({ name: fc.constant('decline_quote' as const), version: small, reason }),
  fc.record({
    name: fc.constant('start' as const),
    partId,
    quantity: small,
    runId: fc.constant('run_1'),
    machineId: fc.constant('mac_1'),
  }),
  fc.record({
    name: fc.constant('record_run' as const),
    runId: fc.constant('run_1'),
    partId,
    outcome: fc.constantFrom('finished' as const, 'failed' as const, 'canceled' as const),
    made: fc.nat({ max: 4 }),
  }),
  fc.record({ name: fc.constant('fail_check' as const), partId, count: small, reason }),
  fc.record({ name: fc.constantFrom('hold' as const, 'cancel' as const, 'reopen' as const), reason }),
);

const ways = [...Array<'forward'>(5).fill('forward'), 'offered', 'random'] as const;
const steps = fc.array(
  fc.record({
    actor: actors,
    command: commands,
    passed: fc.constantFrom(0, 0, 1, 10),
    // Most steps go forward and some take anything that is offered, so that the sequences come far.
    way: fc.constantFrom(...ways),
    pick: fc.nat({ max: 12 }),
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

/** The conditions of the accepted commands, told once more in other words. */
function assertAllowed(before: JobState, command: JobCommand, now: string, seen: Bystander): void {
  const finished = before.openRuns.length === 0 && before.parts.every((each) => good(each) >= each.wanted);
  switch (command.name) {
    case 'submit':
    case 'send_quote':
      expect(before.parts.length).toBeGreaterThan(0);
      for (const each of before.parts)
        expect(before.files.find((file) => file.id === each.fileId)?.state).toBe('checked');
      if (command.name === 'send_quote') expect(command.totalMinor).toBeGreaterThan(0);
      return;
    case 'approve_quote':
      expect(now < seen.validUntil).toBe(true);
      expect(command.version).toBe(seen.openVersion);
      return;
    case 'request_changes':
    case 'decline_quote':
      expect(command.version).toBe(seen.openVersion);
      return;
    case 'expire_quote':
      expect(now >= seen.validUntil).toBe(true);
      return;
    case 'start':
      expect(command.quantity).toBeGreaterThan(0);
      return;
    case 'finish':
      if (before.job.status === 'in_production') expect(finished).toBe(true);
      return;
    case 'pass_check':
      expect(finished).toBe(true);
      return;
    case 'hold':
    case 'cancel':
    case 'reopen':
      expect(command.reason.trim()).not.toBe('');
      return;
    default:
      return;
  }
}

function nextSeen(seen: Bystander, before: JobState, command: JobCommand, version: number): Bystander {
  if (command.name === 'send_quote') return { ...seen, openVersion: version, validUntil: command.validUntil };
  if (command.name === 'hold') return { ...seen, heldFrom: before.job.status };
  const ends = [
    'approve_quote',
    'request_changes',
    'decline_quote',
    'expire_quote',
    'withdraw_quote',
    'cancel',
  ];
  return ends.includes(command.name) ? { ...seen, openVersion: undefined } : seen;
}

const fresh = (delivery: 'pickup' | 'shipping', postProduction: boolean): JobState => ({
  job: job({ version: 1, visit: 1, delivery }),
  parts: [part({ wanted: 1 }), part({ id: 'part_2', wanted: 1, postProduction })],
  files: [checkedFile],
  openRuns: [],
});

test('no sequence of commands by anybody leaves the declared statuses, skips a guard or loses count', () => {
  const reached = new Set<Status>();
  fc.assert(
    fc.property(
      fc.constantFrom('pickup' as const, 'shipping' as const),
      fc.boolean(),
      steps,
      (delivery, byHand, sequence) => {
        let state = freeze(fresh(delivery, byHand));
        let seen: Bystander = { openVersion: undefined, validUntil: '', heldFrom: undefined };
        let clock = 0;
        for (const step of sequence) {
          clock += step.passed;
          const now = at(clock);
          const ahead = step.way === 'forward' ? forward(state) : undefined;
          const actor = ahead?.actor ?? step.actor;
          const offered = legalCommands(state.job, actor);
          const chosen =
            step.way === 'offered' ? offered[step.pick % Math.max(1, offered.length)] : ahead?.name;
          const command = chosen ? sensible(state, chosen, now) : step.command;
          const decision = decide(state, command, actor, now);
          if (isRefusal(decision)) {
            expect(decision.message.length).toBeGreaterThan(10);
            continue;
          }
          assertAllowed(state, command, now, seen);
          const { job: after, parts, event } = decision;
          const moved = after.status !== state.job.status;
          expect(offered).toContain(command.name);
          expect(statuses).toContain(after.status);
          expect(after.version).toBe(state.job.version + 1);
          expect(after.visit).toBe(state.job.visit + (moved ? 1 : 0));
          expect(event.transition).toEqual(
            moved ? { from: state.job.status, to: after.status, visit: after.visit } : undefined,
          );
          if (command.name === 'resume') expect(after.status).toBe(seen.heldFrom);
          expect(after.heldFrom).toBe(
            after.status === 'on_hold' ? (moved ? state.job.status : seen.heldFrom) : undefined,
          );
          seen = nextSeen(seen, state, command, after.quote?.version ?? 0);

          const merged = state.parts.map((each) => parts.find((changed) => changed.id === each.id) ?? each);
          for (const each of merged) {
            expect(each.scrapped).toBeGreaterThanOrEqual(0);
            expect(each.made).toBeGreaterThanOrEqual(each.scrapped);
          }
          state = freeze({
            ...state,
            job: after,
            parts: merged,
            openRuns: runsAfter(state.openRuns, command),
          });
          reached.add(after.status);
          const automatic = automaticCommand(state);
          if (automatic)
            expect(isRefusal(decide(state, automatic, { kind: 'system', name: 'workflow' }, now))).toBe(
              false,
            );
        }
      },
    ),
    { numRuns: 500, seed: 20260504 },
  );
  // The walk is only worth something if it gets around.
  expect(statuses.filter((status) => status !== 'draft' && !reached.has(status))).toEqual([]);
});

function runsAfter(runs: JobState['openRuns'], command: JobCommand): JobState['openRuns'] {
  if (command.name === 'start')
    return [...runs, { id: command.runId, partId: command.partId, quantity: command.quantity }];
  return command.name === 'record_run' ? runs.slice(1) : runs;
}

/** The next step of the main road and somebody who may take it. */
function forward({ job, parts, openRuns }: JobState): { actor: Actor; name: JobCommand['name'] } | undefined {
  const actor: Actor = { kind: 'staff', personId: 'p', name: 'Ana', role: 'owner' };
  const complete = parts.every((each) => good(each) >= each.wanted);
  switch (job.status) {
    case 'draft':
      return { actor: { kind: 'customer', customerId: 'c', name: 'Cleo' }, name: 'submit' };
    case 'review':
    case 'quoting':
      return { actor, name: 'send_quote' };
    case 'quoted':
      return { actor: { kind: 'customer', customerId: 'c', name: 'Cleo' }, name: 'approve_quote' };
    case 'ready_to_make':
      return { actor, name: complete ? 'finish' : 'start' };
    case 'in_production':
      if (openRuns.length > 0) return { actor: { kind: 'agent', agentId: 'a' }, name: 'record_run' };
      return { actor, name: complete ? 'finish' : 'start' };
    case 'post_production':
      return { actor, name: 'finish' };
    case 'quality_check':
      return { actor, name: 'pass_check' };
    case 'ready_for_pickup':
      return { actor, name: 'hand_over' };
    case 'ready_for_shipping':
      return { actor, name: 'confirm_delivery' };
    case 'on_hold':
      return { actor, name: 'resume' };
    default:
      return { actor, name: 'reopen' };
  }
}

/** The command with values that have a chance. */
function sensible({ job, parts }: JobState, name: JobCommand['name'], now: string): JobCommand {
  const version = job.quote?.version ?? 0;
  const missing = parts.find((each) => good(each) < each.wanted) ?? parts[0];
  const id = missing?.id ?? '';
  const validUntil = new Date(Date.parse(now) + 9 * 3_600_000).toISOString();
  switch (name) {
    case 'send_quote':
      return { name, totalMinor: 4200, currency: 'USD', validUntil };
    case 'approve_quote':
      return { name, version };
    case 'request_changes':
      return { name, version, message: 'in red' };
    case 'decline_quote':
      return { name, version, reason: 'dear' };
    case 'start':
      return { name, partId: id, quantity: 1, runId: 'run_1', machineId: 'mac_1' };
    case 'record_run':
      return { name, partId: id, runId: 'run_1', outcome: 'finished', made: 1 };
    case 'fail_check':
      return { name, partId: 'part_1', count: 1, reason: 'warped' };
    case 'hold':
    case 'cancel':
    case 'reopen':
      return { name, reason: 'as agreed' };
    default:
      return { name };
  }
}
