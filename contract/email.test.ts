import { expect, test } from 'vitest';
import { email } from './email.ts';

test('an address is kept in small letters', () => {
  expect(email.parse('Cleo@Mail.Example')).toBe('cleo@mail.example');
});

test('an address that no server takes is refused', () => {
  expect(email.safeParse(`${'a'.repeat(64)}@mail.example`).success).toBe(true);
  for (const none of [`${'a'.repeat(65)}@mail.example`, `a@${'b'.repeat(250)}.example`, 'cleo', ''])
    expect(email.safeParse(none).success).toBe(false);
});
