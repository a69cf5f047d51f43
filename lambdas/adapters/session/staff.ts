import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as z from 'zod';
import { operatorGroup } from '#contract/operator.ts';
import { environment } from '../../env.ts';

const { USER_POOL_ISSUER, USER_POOL_CLIENT_ID, IDENTITY_ENDPOINT } = environment(
  'USER_POOL_ISSUER',
  'USER_POOL_CLIENT_ID',
  'IDENTITY_ENDPOINT',
);
// Tokens name the region's own Cognito whichever endpoint people sign in at; the keys are asked of the latter.
const keys = createRemoteJWKSet(
  new URL(`${new URL(USER_POOL_ISSUER).pathname}/.well-known/jwks.json`, IDENTITY_ENDPOINT),
);

const claims = z.object({
  sub: z.string().min(1),
  email: z.string(),
  name: z.string().optional(),
  token_use: z.literal('id'),
  'cognito:groups': z.array(z.string()).default([]),
});

/** The person an identity token of our user pool names; undefined for any other token. */
export async function verifyStaffToken(
  token: string,
): Promise<{ personId: string; email: string; name: string; isOperator: boolean } | undefined> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: USER_POOL_ISSUER,
      audience: USER_POOL_CLIENT_ID,
      algorithms: ['RS256'],
    });
    const { sub, email, name, 'cognito:groups': groups } = claims.parse(payload);
    return { personId: sub, email, name: name ?? email, isOperator: groups.includes(operatorGroup) };
  } catch {
    return undefined;
  }
}
