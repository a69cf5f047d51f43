import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunFact } from '#domain/run/run.ts';
import { newId } from '#tests/agent/small-cloud.ts';
import { openSpool } from './spool.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'kerf-spool-'));
const started = (): RunFact => ({ kind: 'started', runId: newId('run'), at: '2026-01-01T00:00:00.000Z' });

test('numbers go on without gaps and without repeats over restarts, acknowledged or not', () => {
  const dir = folder();
  const first = openSpool(dir);
  first.tell(started());
  first.tell(started());
  first.acknowledge(2);
  first.close();
  const second = openSpool(dir);
  expect(second.next()).toBeUndefined();
  second.tell(started());
  expect(second.next()?.seq).toBe(3);
});

test('a fact is kept once, also when it is told again after a restart', () => {
  const dir = folder();
  const fact = started();
  expect(openSpool(dir).tell(fact)).toBe(true);
  const spool = openSpool(dir);
  expect(spool.tell(fact)).toBe(false);
  spool.acknowledge(1);
  expect(spool.next()).toBeUndefined();
});

test('an acknowledgment clears everything up to its number, and nothing that was never sent', () => {
  const spool = openSpool(folder());
  for (let count = 0; count < 3; count += 1) spool.tell(started());
  spool.acknowledge(2);
  expect(spool.next()?.seq).toBe(3);
  spool.acknowledge(1);
  expect(spool.next()?.seq).toBe(3);
  spool.acknowledge(99);
  spool.tell(started());
  expect(spool.next()?.seq).toBe(4);
});

test('a line cut off by a crash goes, and its number is given to the next fact', () => {
  const dir = folder();
  openSpool(dir).tell(started());
  appendFileSync(join(dir, 'facts.jsonl'), '{"seq":2,"fact":{"kind":"sta');
  const spool = openSpool(dir);
  const fact = started();
  spool.tell(fact);
  const lines = readFileSync(join(dir, 'facts.jsonl'), 'utf8').trim().split('\n');
  expect(JSON.parse(lines[1] ?? '')).toEqual({ seq: 2, fact });
});

test('a damaged file is named instead of being numbered over', () => {
  const dir = folder();
  openSpool(dir).tell(started());
  appendFileSync(join(dir, 'facts.jsonl'), 'nonsense\n');
  expect(() => openSpool(dir)).toThrow(/facts\.jsonl is damaged in line 2/);
});
