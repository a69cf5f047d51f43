import { expect, test } from 'vitest';
import { unreadBy, type Message } from './message.ts';

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
