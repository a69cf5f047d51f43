import { createHash, randomBytes, randomInt } from 'node:crypto';

/** Hex SHA-256. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Hex SHA-256 of bytes. */
export const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** 256 bits of chance, URL-safe. */
export const secret = (): string => randomBytes(32).toString('base64url');

/** Six digits, leading zeros kept. */
export const sixDigits = (): string => String(randomInt(1_000_000)).padStart(6, '0');

const claimAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten unambiguous characters in two groups, e.g. `7K3QD-M2XWP`. */
export const claimCode = (): string => {
  const characters = Array.from({ length: 10 }, () => claimAlphabet[randomInt(claimAlphabet.length)]).join(
    '',
  );
  return `${characters.slice(0, 5)}-${characters.slice(5)}`;
};
