import { expect, test } from 'vitest';
import { isNews, mailStates } from './mail-fate.ts';

test('reports of the provider come late and twice: none takes a mail back', () => {
  expect(isNews('sending', 'sent')).toBe(true);
  expect(isNews('sent', 'bounced')).toBe(true);
  expect(isNews('delivered', 'complained')).toBe(true);
  expect(isNews('sending', 'given_up')).toBe(true);
  expect(isNews('sent', 'given_up')).toBe(false);
  expect(isNews('delivered', 'sent')).toBe(false);
  expect(isNews('bounced', 'delivered')).toBe(false);
  for (const state of mailStates) expect(isNews(state, state)).toBe(false);
});

test.each(['held', 'dropped', 'given_up'] as const)('a mail that was %s stays so', (state) => {
  for (const after of mailStates) expect(isNews(state, after)).toBe(false);
});
