import { expect, test } from 'vitest';
import { job, now } from '../job/job-for-test.ts';
import { isRefusal } from '../refusal.ts';
import { mostMessages, unreadBy, writeMessage, type Message } from './message.ts';

const said = (id: string, from: Message['from'], internal = false): Message => ({
  id,
  jobId: 'job_1',
  from,
  authorName: 'Ana',
  internal,
  text: 'x',
  fileIds: [],
  at: '2026-05-04T10:00:00.000Z',
});
const thread = [
  said('msg_1', 'shop'),
  said('msg_2', 'customer'),
  said('msg_3', 'shop', true),
  said('msg_4', 'shop'),
];

test('unread is what the other side wrote after the last message read; notes are nobody’s news', () => {
  expect(unreadBy('customer', thread, undefined)).toBe(2);
  expect(unreadBy('customer', thread, 'msg_1')).toBe(1);
  expect(unreadBy('customer', thread, 'msg_4')).toBe(0);
  expect(unreadBy('shop', thread, undefined)).toBe(1);
  expect(unreadBy('shop', thread, 'msg_3')).toBe(0);
});

test('each side has only so much to say about a job, and one never uses up the room of the other', () => {
  const full = Array.from({ length: mostMessages }, (_, index) => said(`msg_${index}`, 'customer'));
  const news = { text: 'more', fileIds: [], internal: false };
  const customer = { kind: 'customer', customerId: 'cus_1', name: 'Cleo' } as const;
  const staff = { kind: 'staff', personId: 'p', name: 'Ana', role: 'sales' } as const;
  const write = (actor: typeof customer | typeof staff, before: readonly Message[]) =>
    writeMessage('msg_new', news, { job: job(), files: [], said: before }, actor, now);
  expect(write(customer, full)).toMatchObject({ refused: 'not_ready' });
  expect(isRefusal(write(customer, full.slice(1)))).toBe(false);
  expect(isRefusal(write(staff, full))).toBe(false);
});
