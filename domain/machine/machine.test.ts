import { expect, test } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { answerCommand, commandStates, fateOf, type CommandState, type MachineCommand } from './command.ts';
import {
  canStart,
  clearBed,
  clearedFrom,
  contactLost,
  fits,
  occupyWith,
  releaseFrom,
  type Machine,
} from './machine.ts';

const machine = (changes: Partial<Machine> = {}): Machine => ({
  id: 'mac_1',
  name: 'MK4',
  process: 'fdm',
  volumeMm: { x: 250, y: 210, z: 220 },
  agentId: 'agt_1',
  bed: 'clear',
  version: 4,
  createdAt: '2026-05-04T09:00:00.000Z',
  ...changes,
});
const small = { x: 10, y: 10, z: 10 };

test('a run starts only on a free machine of its process with a clear bed and room', () => {
  expect(canStart(machine(), { process: 'fdm', box: small })).toBeUndefined();
  const { agentId: _, ...byHand } = machine();
  expect(canStart(byHand, { process: 'fdm', box: small })).toBeUndefined();
  const refusals: [Machine, typeof small, RegExp][] = [
    [machine({ process: 'laser' }), small, /MK4 is for laser cutting, the part for filament printing/],
    [machine({ currentRunId: 'run_1' }), small, /busy/],
    [machine({ bed: 'occupied' }), small, /bed of MK4 is clear/],
    [machine(), { x: 10, y: 10, z: 221 }, /does not fit/],
  ];
  for (const [given, box, why] of refusals)
    expect(canStart(given, { process: 'fdm', box })).toMatchObject({
      refused: 'not_ready',
      field: 'machineId',
      message: expect.stringMatching(why) as string,
    });
});

test.each([
  [{ x: 250, y: 210, z: 220 }, true],
  [{ x: 210, y: 250, z: 220 }, true],
  [{ x: 250, y: 250, z: 1 }, false],
  [{ x: 220, y: 1, z: 250 }, false],
  [{ x: 250.01, y: 1, z: 1 }, false],
])('a box fits upright or turned by a quarter, never tipped over: %o', (box, fit) =>
  expect(fits(machine().volumeMm, box)).toBe(fit),
);

test('a bed is cleared only when no run is on it', () => {
  expect(isRefusal(clearBed(machine({ bed: 'occupied', currentRunId: 'run_1' })))).toBe(true);
  expect(clearBed(machine({ bed: 'occupied' }))).toEqual(machine({ version: 5 }));
});

test('the end of a run frees the machine and leaves the bed occupied', () => {
  const busy = machine({ bed: 'occupied', currentRunId: 'run_1' });
  expect(releaseFrom(busy, 'run_1')).toEqual(machine({ bed: 'occupied', version: 5 }));
  expect(releaseFrom(busy, 'run_2')).toBeUndefined();
});

test('the end of a run logged by hand leaves the bed clear', () => {
  const busy = machine({ bed: 'occupied', currentRunId: 'run_1' });
  expect(clearedFrom(busy, 'run_1')).toEqual(machine({ version: 5 }));
  expect(clearedFrom(busy, 'run_2')).toBeUndefined();
});

test('contact is lost after three missed heartbeats, not at the third', () => {
  const seen = '2026-05-04T10:00:00.000Z';
  expect(contactLost(seen, 10, '2026-05-04T10:00:30.000Z')).toBe(false);
  expect(contactLost(seen, 10, '2026-05-04T10:00:30.001Z')).toBe(true);
  expect(contactLost(seen, 10, '2026-05-04T09:59:00.000Z')).toBe(false);
});

test('a command is sent until its time is over, and given up two minutes later: its acceptance may be on its way', () => {
  const command = { expiresAt: '2026-05-04T10:00:00.000Z' } as MachineCommand;
  expect(fateOf(command, '2026-05-04T09:59:59.999Z')).toBe('send');
  expect(fateOf(command, '2026-05-04T10:00:00.000Z')).toBe('wait');
  expect(fateOf(command, '2026-05-04T10:01:59.999Z')).toBe('wait');
  expect(fateOf(command, '2026-05-04T10:02:00.000Z')).toBe('void');
});

test('a run that comes back takes a free machine, and never the place of another run', () => {
  expect(occupyWith(machine(), 'run_1')).toEqual(
    machine({ bed: 'occupied', currentRunId: 'run_1', version: 5 }),
  );
  expect(occupyWith(machine({ bed: 'occupied', currentRunId: 'run_2' }), 'run_1')).toBeUndefined();
});

test('a command only moves forward, and an end is an end', () => {
  const rank: Record<CommandState, number> = {
    issued: 0,
    received: 1,
    accepted: 2,
    done: 3,
    failed: 3,
    expired: 3,
  };
  for (const from of commandStates)
    for (const to of commandStates) {
      const command = { id: 'cmd_1', state: from } as MachineCommand;
      expect(answerCommand(command, to)?.state, `${from} -> ${to}`).toBe(
        rank[to] > rank[from] ? to : undefined,
      );
    }
});
