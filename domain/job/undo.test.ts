import { describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { isRefusal } from '../refusal.ts';
import { decide } from './decide.ts';
import type { Job, Status } from './job.ts';
import { commandFor, now, stateIn } from './job-for-test.ts';
import { arrowsFrom } from './template.ts';
import { shippedTemplates } from './templates/all.ts';
import { lastStepOf, mayUndo, undoLastStep, undoSeconds } from './undo.ts';

const owner: Actor = { kind: 'staff', personId: 'p1', name: 'Ana', role: 'owner' };
const inSeconds = (seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString();
const passing = ({ version: _, visit: __, updatedAt: ___, ...rest }: Job) => rest;

const steps = Object.values(shippedTemplates).flatMap((template) =>
  (Object.keys(template.statuses) as Status[]).flatMap((status) => {
    const { job } = stateIn(status, 'submit', template);
    const commands = new Set(arrowsFrom(template, job).map(({ command }) => command));
    return [...commands].flatMap((name) => {
      const state = stateIn(status, name, template);
      const decision = decide(state, commandFor(name, state), owner, now);
      if (isRefusal(decision)) return [];
      const undo = lastStepOf(state.job, decision, name, template, owner, 'evt_1');
      return [
        {
          title: `${template.name}: ${name} in ${status}`,
          name,
          template,
          before: state.job,
          decision,
          undo,
        },
      ];
    });
  }),
);
const undoable = steps.flatMap(({ undo, ...step }) => (undo ? [{ ...step, undo }] : []));

test('many steps can be taken back', () => expect(undoable.length).toBeGreaterThan(60));

describe.each(undoable)('$title', ({ name, before, decision, undo }) => {
  const job: Job = { ...decision.job, undo };
  test('taken back, the job is what it was; only a version that was sent stays counted', () => {
    expect(mayUndo(job, owner, inSeconds(undoSeconds))).toBe(true);
    const back = undoLastStep(job, owner, inSeconds(undoSeconds));
    if (isRefusal(back)) throw new Error(back.message);
    const { quote, ...rest } = passing(back.job);
    const { quote: earlier, ...was } = passing(before);
    expect(rest).toEqual(was);
    expect(quote).toEqual(name === 'send_quote' ? { ...job.quote, state: 'superseded' } : earlier);
    expect(back.job).toMatchObject({ version: job.version + 1, visit: job.visit + 1 });
    expect(back.event.transition).toMatchObject({ from: job.status, to: before.status });
  });
  test('not by others, not later, and not after something else', () => {
    const other: Actor = { ...owner, personId: 'p2' };
    const cleo: Actor = { kind: 'customer', customerId: 'c', name: 'Cleo' };
    expect(undoLastStep(job, other, now)).toMatchObject({ refused: 'not_yours_to_do' });
    expect(undoLastStep(job, cleo, now)).toMatchObject({ refused: 'not_yours_to_do' });
    expect(undoLastStep(job, owner, inSeconds(undoSeconds + 1))).toMatchObject({ refused: 'expired' });
    const changed = { ...job, version: job.version + 1 };
    expect(undoLastStep(changed, owner, now)).toMatchObject({ refused: 'not_allowed_now' });
    expect(mayUndo(changed, owner, now)).toBe(false);
  });
});

test('what made an invoice’s number, pieces or an agreement is not taken back', () => {
  for (const { title, template, decision, before, undo } of steps) {
    const agreed = decision.job.agreedAt !== before.agreedAt;
    if (decision.job.status === template.invoicedOn || decision.parts.length > 0 || agreed)
      expect(undo, title).toBeUndefined();
  }
});
