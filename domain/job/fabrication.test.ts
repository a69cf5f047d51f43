import { expect, test } from 'vitest';
import type { Actor, Role } from '../actor.ts';
import { roles } from '../actor.ts';
import { isRefusal } from '../refusal.ts';
import { decide, legalCommands } from './decide.ts';
import { statuses, type JobCommandName, type Status } from './job.ts';
import { commandFor, now, stateIn } from './job-for-test.ts';
import { fabrication } from './template.ts';

type Who = 'customer' | 'shop' | 'operator' | 'agent' | 'time';

/**
 * The lifecycle as the product promises it: status, command, who, and where it leads. Written out here and not read from the
 * template, since it is what the template is judged by. `back` is the status the job was held from.
 */
const norm: [Status, JobCommandName, Who[], Status | 'back'][] = [
  ['draft', 'submit', ['customer', 'shop'], 'review'],
  ['draft', 'send_quote', ['shop'], 'quoted'],
  ['review', 'start_quoting', ['shop'], 'quoting'],
  ['review', 'send_quote', ['shop'], 'quoted'],
  ['quoting', 'send_quote', ['shop'], 'quoted'],
  ['quoted', 'approve_quote', ['customer'], 'ready_to_make'],
  ['quoted', 'request_changes', ['customer'], 'quoting'],
  ['quoted', 'decline_quote', ['customer'], 'canceled_by_customer'],
  ['quoted', 'expire_quote', ['time'], 'quoting'],
  ['quoted', 'withdraw_quote', ['shop'], 'quoting'],
  ['ready_to_make', 'start', ['operator', 'agent'], 'in_production'],
  // A job reopened after a cancellation may have all its pieces.
  ['ready_to_make', 'finish', ['operator', 'agent'], 'quality_check'],
  ['in_production', 'start', ['operator', 'agent'], 'in_production'],
  ['in_production', 'record_run', ['agent'], 'in_production'],
  ['in_production', 'finish', ['operator', 'agent'], 'quality_check'],
  ['post_production', 'finish', ['operator'], 'quality_check'],
  ['quality_check', 'pass_check', ['operator'], 'ready_for_pickup'],
  ['quality_check', 'fail_check', ['operator'], 'in_production'],
  ['ready_for_pickup', 'hand_over', ['shop'], 'completed'],
  ['ready_for_shipping', 'confirm_delivery', ['shop'], 'completed'],
  ['completed', 'reopen', ['shop'], 'review'],
  ['canceled_by_customer', 'reopen', ['shop'], 'quoting'],
  ['canceled_by_shop', 'reopen', ['shop'], 'quoting'],
  // A print that was running when the shop canceled or held still ends, and is counted.
  ['canceled_by_shop', 'record_run', ['agent'], 'canceled_by_shop'],
  ['on_hold', 'record_run', ['agent'], 'on_hold'],
  // A sent quote can be approved while the job is on hold.
  ['on_hold', 'approve_quote', ['customer'], 'ready_to_make'],
  ['on_hold', 'resume', ['shop'], 'back'],
  ['draft', 'cancel', ['customer'], 'canceled_by_customer'],
  ['review', 'cancel', ['customer'], 'canceled_by_customer'],
  ['quoting', 'cancel', ['customer'], 'canceled_by_customer'],
  ['quoted', 'cancel', ['customer'], 'canceled_by_customer'],
  ...liveOnes().map((status): [Status, JobCommandName, Who[], Status] => [
    status,
    'cancel',
    ['shop'],
    'canceled_by_shop',
  ]),
  ...liveOnes()
    .filter((status) => status !== 'on_hold')
    .map((status): [Status, JobCommandName, Who[], Status] => [status, 'hold', ['shop'], 'on_hold']),
];

function liveOnes(): Status[] {
  return [
    'draft',
    'review',
    'quoting',
    'quoted',
    'ready_to_make',
    'in_production',
    'post_production',
    'quality_check',
    'ready_for_pickup',
    'ready_for_shipping',
    'on_hold',
  ];
}

const staff = (role: Role): Actor => ({ kind: 'staff', personId: 'p', name: 'Sam', role });
const actors: { label: string; actor: Actor; acts: Who[] }[] = [
  { label: 'owner', actor: staff('owner'), acts: ['shop', 'operator'] },
  { label: 'admin', actor: staff('admin'), acts: ['shop', 'operator'] },
  { label: 'sales', actor: staff('sales'), acts: ['shop'] },
  { label: 'operator', actor: staff('operator'), acts: ['operator'] },
  { label: 'accountant', actor: staff('accountant'), acts: [] },
  { label: 'customer', actor: { kind: 'customer', customerId: 'c', name: 'Cleo' }, acts: ['customer'] },
  { label: 'agent', actor: { kind: 'agent', agentId: 'agt' }, acts: ['agent'] },
  { label: 'workflow', actor: { kind: 'system', name: 'workflow' }, acts: ['agent', 'time'] },
];
const commandNames = [...new Set(norm.map(([, command]) => command))];

test('the list of actors covers every role', () => {
  expect(actors.flatMap(({ actor }) => (actor.kind === 'staff' ? [actor.role] : []))).toEqual([...roles]);
});

for (const status of statuses)
  for (const command of commandNames)
    test(`${status} + ${command}: exactly the promised parties, exactly the promised status`, () => {
      const rows = norm.filter(([from, name]) => from === status && name === command);
      for (const { label, actor, acts } of actors) {
        const row = rows.find(([, , by]) => by.some((who) => acts.includes(who)));
        const state = stateIn(status, command);
        const result = decide(state, commandFor(command, state), actor, now);
        if (row) {
          expect(isRefusal(result) ? result.message : 'done', label).toBe('done');
          const to = row[3] === 'back' ? state.job.heldFrom : row[3];
          if (!isRefusal(result)) expect(result.job.status, label).toBe(to);
        } else
          expect(isRefusal(result) && result.refused, label).toBe(
            rows.length > 0 ? 'not_yours_to_do' : 'not_allowed_now',
          );
        expect(legalCommands(state.job, actor).includes(command), `${label} is offered it`).toBe(
          row !== undefined,
        );
      }
    });

test('every status can be reached and left', () => {
  const targets = norm.map(([, , , to]) => to);
  const moves = norm.filter(([from, , , to]) => from !== to);
  // Resuming leads back to what was left, finishing and passing have two ends each.
  const reached = new Set([...targets, 'draft', 'post_production', 'ready_for_shipping']);
  expect(statuses.filter((status) => !reached.has(status))).toEqual([]);
  expect(statuses.filter((status) => !moves.some(([from]) => from === status))).toEqual([]);
});

test('a finish by hand sends the job through post-production, none straight to the check', () => {
  const state = stateIn('in_production', 'finish');
  const byHand = { ...state, parts: state.parts.map((part) => ({ ...part, postProduction: true })) };
  const end = (given: typeof state) => {
    const result = decide(given, { name: 'finish' }, staff('operator'), now);
    return isRefusal(result) ? result.message : result.job.status;
  };
  expect(end(state)).toBe('quality_check');
  expect(end(byHand)).toBe('post_production');
});

test('a passed check leads to pickup or shipping by the customer’s preference', () => {
  const state = stateIn('quality_check', 'pass_check');
  for (const [delivery, status] of [
    ['pickup', 'ready_for_pickup'],
    ['shipping', 'ready_for_shipping'],
  ] as const) {
    const result = decide(
      { ...state, job: { ...state.job, delivery } },
      { name: 'pass_check' },
      staff('operator'),
      now,
    );
    expect(isRefusal(result) ? result.message : result.job.status).toBe(status);
  }
});

test('both audiences read the promised names of the statuses', () => {
  const names: Record<Status, [shop: string, customer: string]> = {
    draft: ['Draft', 'Your request'],
    review: ['Pending Review', 'Received'],
    quoting: ['In quoting', 'In review'],
    quoted: ['Quoted', 'Quote ready'],
    ready_to_make: ['Scheduled', 'In queue'],
    in_production: ['In Production', 'In production'],
    post_production: ['Post-processing', 'Finishing'],
    quality_check: ['Quality Check', 'Quality check'],
    ready_for_pickup: ['Ready for Pickup', 'Ready for pickup'],
    ready_for_shipping: ['Ready for Shipping', 'Ready'],
    completed: ['Completed', 'Done'],
    on_hold: ['On hold', 'On hold'],
    canceled_by_customer: ['Canceled by customer', 'Canceled'],
    canceled_by_shop: ['Canceled by shop', 'Canceled'],
  };
  for (const status of statuses) {
    const { shop, customer } = fabrication.labels[status];
    expect([shop, customer]).toEqual(names[status]);
  }
});
