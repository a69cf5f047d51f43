import { describe, expect, test } from 'vitest';
import { roles, type Actor, type Role } from '../actor.ts';
import { isRefusal } from '../refusal.ts';
import { jobCommandNames, type JobCommandName } from './commands.ts';
import { decide, legalCommands } from './decide.ts';
import { isLive, statuses, type Status } from './job.ts';
import { commandFor, now, stateIn } from './job-for-test.ts';
import { arrowsFrom, statusesOf, type WorkflowTemplate } from './template.ts';

export type Who = 'customer' | 'shop' | 'operator' | 'vendor' | 'carrier' | 'agent' | 'time';

/**
 * A row of a lifecycle as the product promises it: status, command, who, and where it leads. Written out in the tests and not read
 * from the template, since it is what the template is judged by. `back` is the status the job was held from.
 */
export type Row = [from: Status, command: JobCommandName, by: Who[], to: Status | 'back'];

export const staff = (role: Role): Actor => ({ kind: 'staff', personId: 'p', name: 'Sam', role });
export const actors: { label: string; actor: Actor; acts: Who[] }[] = [
  { label: 'owner', actor: staff('owner'), acts: ['shop', 'operator'] },
  { label: 'admin', actor: staff('admin'), acts: ['shop', 'operator'] },
  { label: 'sales', actor: staff('sales'), acts: ['shop'] },
  { label: 'operator', actor: staff('operator'), acts: ['operator'] },
  { label: 'accountant', actor: staff('accountant'), acts: [] },
  { label: 'customer', actor: { kind: 'customer', customerId: 'c', name: 'Cleo' }, acts: ['customer'] },
  { label: 'vendor', actor: { kind: 'vendor', name: 'Casting House' }, acts: ['vendor'] },
  { label: 'agent', actor: { kind: 'agent', agentId: 'agt' }, acts: ['agent'] },
  { label: 'system', actor: { kind: 'system', name: 'workflow' }, acts: ['agent', 'time', 'carrier'] },
];

/** The rows that every template has: hold and resume, cancel, and prints that end whatever has become of the job. */
export function everywhere(template: WorkflowTemplate, customerCancels: readonly Status[]): Row[] {
  const used = statusesOf(template);
  const live = used.filter((status) => isLive({ status, payment: 'unpaid' }));
  return [
    ...used.map((status): Row => [status, 'record_run', ['operator', 'agent'], status]),
    ...live.map((status): Row => [status, 'cancel', ['shop'], 'canceled_by_shop']),
    ...[...customerCancels, 'on_hold' as const].map((status): Row => [
      status,
      'cancel',
      ['customer'],
      'canceled_by_customer',
    ]),
    ...live
      .filter((status) => status !== 'on_hold')
      .map((status): Row => [status, 'hold', ['shop'], 'on_hold']),
    ['on_hold', 'resume', ['shop'], 'back'],
  ];
}

/** Holds a template to its table, for every status, command and party. */
export function judge(template: WorkflowTemplate, norm: readonly Row[]): void {
  const used = statusesOf(template);
  const commands = jobCommandNames.filter((name) => name !== 'change');

  test('the list of actors covers every role', () => {
    expect(actors.flatMap(({ actor }) => (actor.kind === 'staff' ? [actor.role] : []))).toEqual([...roles]);
  });

  describe.each(used)('%s', (status) => {
    test.each(commands)('+ %s: exactly the promised parties, exactly the promised status', (command) => {
      const rows = norm.filter(([from, name]) => from === status && name === command);
      for (const { label, actor, acts } of actors) {
        const row = rows.find(([, , by]) => by.some((who) => acts.includes(who)));
        const state = stateIn(status, command, template);
        const result = decide(state, commandFor(command, state), actor, now);
        if (row) {
          expect(isRefusal(result) ? result.message : 'done', label).toBe('done');
          const to = row[3] === 'back' ? state.job.heldFrom : row[3];
          if (!isRefusal(result)) expect(result.job.status, label).toBe(to);
        } else
          expect(isRefusal(result) && result.refused, label).toBe(
            rows.length > 0 ? 'not_yours_to_do' : 'not_allowed_now',
          );
        expect(legalCommands(template, state.job, actor).includes(command), `${label} is offered it`).toBe(
          row !== undefined,
        );
      }
    });
  });

  test('every status can be reached and left, and no arrow leads out of the template', () => {
    const reached = new Set<Status>([template.bornIn]);
    const left = new Set<Status>();
    for (const status of used)
      for (const heldFrom of [undefined, template.bornIn])
        for (const { to } of arrowsFrom(template, {
          status,
          payment: 'unpaid',
          dueFrom: 'delivered',
          ...(heldFrom ? { heldFrom } : {}),
        }))
          for (const end of to.filter((each) => each !== status)) {
            expect(statuses).toContain(end);
            expect(used).toContain(end);
            reached.add(end);
            left.add(status);
          }
    expect(used.filter((status) => !reached.has(status))).toEqual([]);
    // A picked-up piece rests; its warranty is a job of its own.
    const resting = template.needsSignature ? ['completed'] : [];
    expect(used.filter((status) => !left.has(status))).toEqual(resting);
  });

  test('every status of the table is of the template and the other way round', () => {
    const named = new Set(norm.flatMap(([from, , , to]) => (to === 'back' ? [from] : [from, to])));
    expect([...named].filter((status) => !used.includes(status))).toEqual([]);
  });
}

/** The names that both audiences read. */
export function judgeLabels(
  template: WorkflowTemplate,
  names: Partial<Record<Status, [shop: string, customer: string]>>,
): void {
  test('both audiences read the promised names of the statuses', () => {
    const read = Object.fromEntries(
      statusesOf(template).map((status) => {
        const plan = template.statuses[status];
        return [status, [plan?.shop, plan?.customer]];
      }),
    );
    expect(read).toEqual(names);
  });
}
