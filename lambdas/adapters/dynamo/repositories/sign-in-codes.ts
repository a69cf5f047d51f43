import {
  isUsedUp,
  openWindow,
  windowEnd,
  wrongTriesPerWindow,
  type CodeWindow,
} from '#domain/customer/sign-in-code.ts';
import { isConditionFailed } from '../condition-failed.ts';
import type { Tenant } from '../tenant.ts';

export interface SignInCode extends CodeWindow {
  emailHash: string;
  codeHash: string;
  expiresAt: string;
}

const mostTries = 8;

export async function loadCode({ entities }: Tenant, emailHash: string): Promise<SignInCode | undefined> {
  return (await entities.signInCode.get({ emailHash }).go({ consistent: true })).data ?? undefined;
}

/**
 * Makes this the code the address waits for, and counts it. Of calls at the same moment each is counted.
 * @returns until when the address has to wait instead, ISO 8601; undefined when the code is stored
 */
export async function issueCode(
  t: Tenant,
  code: Pick<SignInCode, 'emailHash' | 'codeHash' | 'expiresAt'>,
  now: string,
): Promise<string | undefined> {
  const { signInCode } = t.entities;
  const { emailHash, ...fresh } = code;
  const ttl = Math.floor(Date.parse(code.expiresAt) / 1000) + 86_400;
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const before = await loadCode(t, emailHash);
    const used = openWindow(before, now);
    if (used && isUsedUp(used)) return windowEnd(used);
    try {
      if (used)
        await signInCode
          .patch({ emailHash })
          .set({ ...fresh, ttl })
          .add({ asked: 1 })
          .where((row, { eq }) => `${eq(row.windowFrom, used.windowFrom)} AND ${eq(row.asked, used.asked)}`)
          .go();
      else
        await signInCode
          .put({ ...code, asked: 1, wrongTries: 0, windowFrom: now, ttl })
          .where((row, { eq, notExists }) =>
            before ? eq(row.windowFrom, before.windowFrom) : notExists(row.windowFrom),
          )
          .go();
      return undefined;
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
    }
  }
  throw new Error('A sign-in code could not be stored: too many are asked for at the same moment');
}

/** Counts a try before it is judged, so that guesses at the same moment count each; undefined when none is left. */
export async function countTry({ entities }: Tenant, emailHash: string): Promise<SignInCode | undefined> {
  try {
    const { data } = await entities.signInCode
      .patch({ emailHash })
      .add({ wrongTries: 1 })
      .where((row, { lt }) => lt(row.wrongTries, wrongTriesPerWindow))
      .go({ response: 'all_new' });
    return data;
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
}

/** Takes the code out if it is this one, and its try was no wrong one: of two callers one succeeds. */
export async function takeCode({ entities }: Tenant, emailHash: string, codeHash: string): Promise<boolean> {
  try {
    await entities.signInCode
      .patch({ emailHash })
      .set({ codeHash: 'used' })
      .subtract({ wrongTries: 1 })
      .where((row, { eq }) => eq(row.codeHash, codeHash))
      .go();
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
