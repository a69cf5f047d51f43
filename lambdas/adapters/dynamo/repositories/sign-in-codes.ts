import type { Tenant } from '../tenant.ts';

export interface SignInCode {
  emailHash: string;
  codeHash: string;
  expiresAt: string;
  wrongTries: number;
  asked: number;
  hourFrom: string;
}

export async function loadCode({ entities }: Tenant, emailHash: string): Promise<SignInCode | undefined> {
  return (await entities.signInCode.get({ emailHash }).go({ consistent: true })).data ?? undefined;
}

export async function saveCode({ entities }: Tenant, code: SignInCode): Promise<void> {
  const dayAfter = Math.floor(Date.parse(code.expiresAt) / 1000) + 86_400;
  await entities.signInCode.put({ ...code, ttl: dayAfter }).go();
}

/** Counts a wrong try and answers with how many there are now. */
export async function countWrongTry({ entities }: Tenant, emailHash: string): Promise<number> {
  const { data } = await entities.signInCode
    .patch({ emailHash })
    .add({ wrongTries: 1 })
    .go({ response: 'all_new' });
  return data.wrongTries ?? 0;
}

/** Takes the code out if it is this one: of two callers one succeeds. */
export async function takeCode({ entities }: Tenant, emailHash: string, codeHash: string): Promise<boolean> {
  try {
    await entities.signInCode
      .patch({ emailHash })
      .set({ codeHash: 'used' })
      .where((row, { eq }) => eq(row.codeHash, codeHash))
      .go();
    return true;
  } catch {
    return false;
  }
}
