import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FunctionSpec } from '#contract/functions.ts';
import { businessTimers } from './business-timers.ts';
import { type MovableClock, movableClock } from './clock.ts';
import { type RunningSchedules, startSchedules } from './schedules.ts';
import { type Store, openStore } from './store.ts';

const spec = (everySecondsLocally: number): FunctionSpec => ({
  name: 'Reconciler',
  entry: 'x.ts',
  trigger: { kind: 'schedule', everyMinutes: 5, everySecondsLocally },
  timeoutSeconds: 60,
  memoryMb: 128,
  access: [],
});

let folder: string;
let store: Store;
let clock: MovableClock;
let schedules: RunningSchedules | undefined;
let fired: unknown[];
let errors: unknown[];
let work: () => Promise<void>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kerf-schedules-'));
  store = openStore(folder);
  clock = movableClock(store);
  fired = [];
  errors = [];
  work = async () => undefined;
});
afterEach(async () => {
  await schedules?.stop();
  store.close();
  rmSync(folder, { recursive: true });
});

const begin = (everySecondsLocally: number) => {
  schedules = startSchedules({
    functions: [spec(everySecondsLocally)],
    clock,
    invoke: async (_name, event) => {
      fired.push(event);
      await work();
    },
    onError: (_name, error) => errors.push(error),
  });
};

describe('a schedule', () => {
  it("fires at the start and again and again, with EventBridge's event, whatever fails", async () => {
    work = () => Promise.reject(new Error('broken'));
    begin(0.02);
    await vi.waitFor(() => expect(fired.length).toBeGreaterThan(2));
    expect(fired[0]).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      resources: ['arn:aws:events:us-east-1:000000000000:rule/Reconciler'],
      detail: {},
    });
    expect(errors.length).toBeGreaterThan(0);
  });

  it('fires at once when business time is moved, at the new time', async () => {
    begin(3600);
    await vi.waitFor(() => expect(fired.length).toBe(1));
    clock.advance(30 * 24 * 3600 * 1000);
    await vi.waitFor(() => expect(fired.length).toBe(2));
    const { time } = fired[1] as { time: string };
    expect(new Date(time).getTime()).toBeGreaterThan(Date.now() + 29 * 24 * 3600 * 1000);
  });

  it('never overlaps with itself; time moved meanwhile makes it run once more', async () => {
    let running = 0;
    let most = 0;
    const held = Promise.withResolvers<void>();
    work = async () => {
      running += 1;
      most = Math.max(most, running);
      await held.promise;
      running -= 1;
    };
    begin(3600);
    await vi.waitFor(() => expect(fired.length).toBe(1));
    clock.advance(1000);
    clock.advance(1000);
    held.resolve();
    await vi.waitFor(() => expect(fired.length).toBe(2));
    await schedules?.stop();
    expect([most, fired.length]).toEqual([1, 2]);
  });

  it('does not fire once it is stopped', async () => {
    begin(0.01);
    await schedules?.stop();
    const count = fired.length;
    clock.advance(1000);
    await new Promise((turn) => setImmediate(turn));
    expect(fired.length).toBe(count);
  });
});

describe('a business timer', () => {
  it('comes once: with real time, or when business time is moved past it', async () => {
    const timers = businessTimers(clock);
    const seen: string[] = [];
    timers.after(15, () => seen.push('real'));
    timers.after(60 * 24 * 3600 * 1000, () => seen.push('moved'));
    timers.after(1000, () => seen.push('never'))();
    await vi.waitFor(() => expect(seen).toEqual(['real']));
    clock.advance(59 * 24 * 3600 * 1000);
    expect(seen).toEqual(['real']);
    clock.advance(24 * 3600 * 1000);
    clock.advance(24 * 3600 * 1000);
    expect(seen).toEqual(['real', 'moved']);
  });
});
