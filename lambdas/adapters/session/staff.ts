import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as z from 'zod';
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
});

/** The person an identity token of our user pool names; undefined for any other token. */
export async function verifyStaffToken(
  token: string,
): Promise<{ personId: string; email: string; name: string } | undefined> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: USER_POOL_ISSUER,
      audience: USER_POOL_CLIENT_ID,
      algorithms: ['RS256'],
    });
    const { sub, email, name } = claims.parse(payload);
    return { personId: sub, email, name: name ?? email };
  } catch {
    return undefined;
  }
}
