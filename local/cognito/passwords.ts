import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { WireError } from '../wire/service.ts';

const HASH_BYTES = 32;

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}

/** Throws InvalidPasswordException unless the password has 10 to 256 characters with an upper- and a lower-case letter and a digit. */
export function requireStrongPassword(password: string): void {
  const rules: [boolean, string][] = [
    [password.length >= 10, 'Password not long enough'],
    [password.length <= 256, 'Password too long'],
    [/[A-Z]/.test(password), 'Password must have uppercase characters'],
    [/[a-z]/.test(password), 'Password must have lowercase characters'],
    [/[0-9]/.test(password), 'Password must have numeric characters'],
  ];
  const broken = rules.find(([holds]) => !holds);
  if (broken)
    throw new WireError(
      400,
      'InvalidPasswordException',
      `Password did not conform with policy: ${broken[1]}`,
    );
}

/** A salted scrypt hash, `salt.hash` in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('base64url')}.${(await derive(password, salt)).toString('base64url')}`;
}

/** Without a stored hash (unknown user) it takes as long and answers false. */
export async function passwordMatches(password: string, stored: string | undefined): Promise<boolean> {
  const [salt, hash] = (stored ?? `${randomBytes(16).toString('base64url')}.`).split('.') as [string, string];
  const derived = await derive(password, Buffer.from(salt, 'base64url'));
  const expected = Buffer.from(hash, 'base64url');
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}
