import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cloudClock } from './clock.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.UTC(2026, 0, 1);
const folder = () => mkdtempSync(join(tmpdir(), 'kerf-clock-'));
const command = (issuedAt: number) => ({
  issuedAt: new Date(issuedAt).toISOString(),
  expiresAt: new Date(issuedAt + 10 * minute).toISOString(),
});

test('a cloud whose business time is days ahead is followed, and its fresh commands are good', () => {
  const clock = cloudClock(folder(), () => start);
  expect(clock.isOver(command(start + 3 * day), true)).toBe(false);
  expect(clock.stamp(start)).toBe(new Date(start + 3 * day).toISOString());
});

test('a command that waited in the queue is void, also after a restart and with the cloud days ahead', () => {
  const dir = folder();
  let own = start;
  cloudClock(dir, () => own).isOver(command(start + 3 * day), true);
  const late = command(own + 3 * day + minute);
  own += 60 * minute;
  expect(cloudClock(dir, () => own).isOver(late, false)).toBe(true);
});

test('an old command never sets the clock back', () => {
  const clock = cloudClock(folder(), () => start);
  clock.isOver(command(start + day), true);
  expect(clock.isOver(command(start + day - 60 * minute), false)).toBe(true);
  expect(clock.now()).toBe(start + day);
});

test('after a slow computer’s clock was put right, the next live command heals the lead', () => {
  let own = start - 60 * minute;
  const clock = cloudClock(folder(), () => own);
  clock.isOver(command(start), true);
  own = start + minute;
  expect(clock.isOver(command(start + minute), true)).toBe(false);
  expect(clock.now()).toBe(own);
});

test('a command that is over by the computer’s own clock is void even when live', () => {
  const clock = cloudClock(folder(), () => start);
  expect(clock.isOver(command(start - 60 * minute), true)).toBe(true);
});
