import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endedStatuses, statuses } from '#domain/job/job.ts';
import { longestSleepSeconds } from '#domain/job/due.ts';

interface State {
  Type: string;
  Next?: string;
  Default?: string;
  Parameters?: Record<string, unknown>;
  Choices?: { Variable: string; StringEquals: string; Next: string }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: string;
}

const text = readFileSync(join(import.meta.dirname, 'job-lifecycle.asl.json'), 'utf8');
const machine = JSON.parse(text) as { StartAt: string; States: Record<string, State> };
const { States: states } = machine;
const everywhere = (value: unknown, visit: (key: string, value: unknown) => void): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    visit(key, inner);
    everywhere(inner, visit);
  }
};
const valuesOf = (key: string): unknown[] => {
  const found: unknown[] = [];
  everywhere(machine, (name, value) => name === key && found.push(value));
  return found;
};

const live = statuses.filter((status) => !endedStatuses.includes(status));
const nameOf = (status: string) =>
  status.replaceAll(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
const spoke = ['Enter', 'Entered', 'Gate', 'Remind', 'Attention'];

test('the definition is valid ASL', () => {
  type Validate = (definition: unknown) => { isValid: boolean; errors: unknown[] };
  const validate = createRequire(import.meta.url)('asl-validator') as Validate;
  // The validator writes into what it is given.
  const { isValid, errors } = validate(structuredClone(machine));
  expect(errors).toEqual([]);
  expect(isValid).toBe(true);
});

describe('both engines run it', () => {
  test.each(['Assign', 'QueryLanguage', 'HeartbeatSeconds', 'HeartbeatSecondsPath', 'Arguments', 'Output'])(
    'without %s',
    (key) => expect(valuesOf(key)).toEqual([]),
  );
  test('without JSONata', () => expect(text).not.toMatch(/\{%|%\}/));
  test('the only substitution is the one function', () =>
    expect([...new Set(text.match(/\$\{\w*\}/g))]).toEqual(['${StepFunction}']));
});

describe('nothing waits for ever', () => {
  const tasks = Object.entries(states).filter(([, state]) => state.Type === 'Task');
  test.each(tasks)('%s has a timeout', (_, task) => {
    const { TimeoutSeconds, TimeoutSecondsPath } = task;
    expect(TimeoutSeconds !== undefined || TimeoutSecondsPath === '$.Payload.timeoutSeconds').toBe(true);
  });
  test('no fixed timeout is longer than the timers of every engine bear', () => {
    for (const seconds of valuesOf('TimeoutSeconds')) expect(seconds).toBeLessThanOrEqual(20 * 86_400);
    expect(longestSleepSeconds).toBeLessThanOrEqual(20 * 86_400);
  });
  test('the only Wait is the short one after an error that keeps coming', () => {
    const waits = Object.entries(states).filter(([, state]) => state.Type === 'Wait');
    expect(waits).toEqual([['Calm', expect.objectContaining({ Seconds: 900, Next: 'Look' })]]);
  });
});

describe('ids come from the execution’s own input', () => {
  const payloads = valuesOf('Payload').filter(
    (value): value is Record<string, unknown> => typeof value === 'object' && value !== null && 'op' in value,
  );
  test('in every task', () => {
    const tasks = Object.values(states).filter((state) => state.Type === 'Task');
    expect(payloads).toHaveLength(tasks.length);
    for (const payload of payloads)
      expect(payload).toMatchObject({
        'shopId.$': '$$.Execution.Input.shopId',
        'jobId.$': '$$.Execution.Input.jobId',
        'generation.$': '$$.Execution.Input.generation',
      });
  });
  test('and from nowhere else', () => {
    const elsewhere: unknown[] = [];
    everywhere(machine, (key, value) => {
      if (/^(shopId|jobId|generation)\b/.test(key) && !String(value).startsWith('$$.Execution.Input.'))
        elsewhere.push([key, value]);
    });
    expect(elsewhere).toEqual([]);
  });
});

describe('the machine and the domain know the same statuses', () => {
  const routed = new Map(states['Route']?.Choices?.map(({ StringEquals, Next }) => [StringEquals, Next]));

  test('Route knows every status of the domain and no other', () => {
    expect([...routed.keys()].sort()).toEqual([...statuses].sort());
    expect(states['Route']?.Choices?.every(({ Variable }) => Variable === '$.status')).toBe(true);
    expect(states[states['Route']?.Default ?? '']?.Type).toBe('Fail');
  });
  test.each(live)('%s has a whole spoke', (status) => {
    expect(routed.get(status)).toBe(`Enter${nameOf(status)}`);
    for (const part of spoke) expect(states[`${part}${nameOf(status)}`], part).toBeDefined();
  });
  test.each(endedStatuses)('%s succeeds', (status) =>
    expect(states[routed.get(status) ?? '']?.Type).toBe('Succeed'),
  );
  test('there are no other states', () => {
    const expected = [
      ...live.flatMap((status) => spoke.map((part) => `${part}${nameOf(status)}`)),
      ...['Look', 'Route', 'Calm', 'Completed', 'Canceled', 'Fenced', 'GaveUp', 'UnknownStatus'],
    ];
    expect(Object.keys(states).sort()).toEqual(expected.sort());
  });
  test('all spokes are of one shape', () => {
    const shapeOf = (status: string) =>
      JSON.stringify(spoke.map((part) => states[`${part}${nameOf(status)}`])).replaceAll(
        new RegExp(`(${spoke.join('|')})${nameOf(status)}"`, 'g'),
        '$1X"',
      );
    expect(new Set(live.map(shapeOf)).size).toBe(1);
  });
});

describe('a spoke', () => {
  const [first = ''] = live;
  const part = (name: string) => states[`${name}${nameOf(first)}`];
  test('waits only when told to, ends when nothing is left or it was fenced, and else asks for the status again', () => {
    const entered = part('Entered');
    expect(entered?.Choices?.map(({ StringEquals, Next }) => [StringEquals, Next])).toEqual([
      ['wait', `Gate${nameOf(first)}`],
      ['ended', 'Completed'],
      ['fenced', 'Fenced'],
    ]);
    expect(entered?.Default).toBe('Route');
  });
  test('a gate that times out looks what is due; one whose execution was replaced ends; every error is caught', () => {
    const caught = part('Gate')?.Catch ?? [];
    expect(caught[0]).toMatchObject({
      ErrorEquals: ['States.Timeout'],
      Next: `Remind${nameOf(first)}`,
    });
    expect(caught[1]).toMatchObject({ ErrorEquals: ['StaleGeneration'], Next: 'Fenced' });
    for (const name of ['Enter', 'Gate', 'Remind'])
      expect(part(name)?.Catch?.at(-1)).toMatchObject({
        ErrorEquals: ['States.ALL'],
        Next: `Attention${nameOf(first)}`,
      });
    expect(part('Attention')?.Catch?.at(-1)).toMatchObject({ Next: 'GaveUp' });
    expect(part('Attention')?.Next).toBe('Calm');
  });
});
