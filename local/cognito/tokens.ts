import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import type { JWK, JWTPayload } from 'jose';
import type { Store } from '../engine/store.ts';
import { WireError } from '../wire/service.ts';
import type { User } from './users.ts';

export const TOKEN_SECONDS = 3600;
const REFRESH_MILLISECONDS = 30 * 24 * 3600 * 1000;

export interface Issued {
  AccessToken: string;
  IdToken: string;
  RefreshToken?: string;
  ExpiresIn: number;
  TokenType: 'Bearer';
}

export interface Tokens {
  /** Opens a session: three tokens. */
  open(user: User): Promise<Issued>;
  /** New access and id token of a living session and its user's sub; NotAuthorizedException otherwise. */
  sessionOf(refreshToken: string): { sub: string; originJti: string; authTime: number };
  renew(user: User, session: { originJti: string; authTime: number }): Promise<Issued>;
  /** The sub in a valid access token whose session lives; NotAuthorizedException otherwise. */
  verifyAccess(accessToken: string): Promise<string>;
  revoke(refreshToken: string): void;
  revokeAll(sub: string): void;
  jwks(): { keys: JWK[] };
}

interface SessionRow {
  sub: string;
  origin_jti: string;
  auth_time: number;
  expires_at: number;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

function signingKey(store: Store, poolId: string): JWK {
  const row = store.prepare('SELECT jwk FROM cognito_keys WHERE pool_id = ?').get(poolId) as
    { jwk: string } | undefined;
  if (row) return JSON.parse(row.jwk) as JWK;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk: JWK = {
    ...(privateKey.export({ format: 'jwk' }) as JWK),
    kid: randomBytes(32).toString('base64'),
    alg: 'RS256',
    use: 'sig',
  };
  store.prepare('INSERT INTO cognito_keys (pool_id, jwk) VALUES (?, ?)').run(poolId, JSON.stringify(jwk));
  return jwk;
}

/** Issues and checks the tokens of one pool. The key is made on the first start and stays in the store. */
export function poolTokens(options: {
  store: Store;
  now: () => Date;
  issuerUrl: () => string;
  poolId: string;
  clientId: string;
}): Tokens {
  const { store, now, poolId, clientId } = options;
  store.exec(`
    CREATE TABLE IF NOT EXISTS cognito_keys (pool_id TEXT PRIMARY KEY, jwk TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS cognito_sessions (refresh_hash TEXT PRIMARY KEY, sub TEXT NOT NULL, origin_jti TEXT NOT NULL UNIQUE,
      auth_time INTEGER NOT NULL, expires_at INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS cognito_sessions_by_sub ON cognito_sessions (sub);`);
  const jwk = signingKey(store, poolId);
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  const publicJwk: JWK = {
    alg: 'RS256',
    e: jwk.e,
    kid: jwk.kid,
    kty: 'RSA',
    n: jwk.n,
    use: 'sig',
  };
  const keySet = createLocalJWKSet({ keys: [publicJwk] });
  const issuer = () => `${options.issuerUrl()}/${poolId}`;

  const sign = (claims: JWTPayload) =>
    new SignJWT(claims).setProtectedHeader({ kid: publicJwk.kid, alg: 'RS256' }).sign(privateKey);

  async function tokensOf(user: User, session: { originJti: string; authTime: number }): Promise<Issued> {
    const iat = Math.floor(now().getTime() / 1000);
    const common = {
      sub: user.sub,
      iss: issuer(),
      origin_jti: session.originJti,
      event_id: randomUUID(),
      auth_time: session.authTime,
      iat,
      exp: iat + TOKEN_SECONDS,
      ...(user.groups.length > 0 ? { 'cognito:groups': user.groups } : {}),
    };
    const access = {
      ...common,
      client_id: clientId,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      jti: randomUUID(),
      username: user.sub,
    };
    const id = {
      ...common,
      aud: clientId,
      token_use: 'id',
      jti: randomUUID(),
      email: user.email,
      email_verified: user.emailVerified,
      'cognito:username': user.sub,
      ...(user.name === undefined ? {} : { name: user.name }),
    };
    return {
      AccessToken: await sign(access),
      IdToken: await sign(id),
      ExpiresIn: TOKEN_SECONDS,
      TokenType: 'Bearer',
    };
  }

  return {
    async open(user) {
      const refreshToken = randomBytes(48).toString('base64url');
      const session = { originJti: randomUUID(), authTime: Math.floor(now().getTime() / 1000) };
      const issued = await tokensOf(user, session);
      store
        .prepare(
          'INSERT INTO cognito_sessions (refresh_hash, sub, origin_jti, auth_time, expires_at) VALUES (?, ?, ?, ?, ?)',
        )
        .run(
          hashOf(refreshToken),
          user.sub,
          session.originJti,
          session.authTime,
          now().getTime() + REFRESH_MILLISECONDS,
        );
      return { ...issued, RefreshToken: refreshToken };
    },
    sessionOf(refreshToken) {
      const row = store
        .prepare('SELECT * FROM cognito_sessions WHERE refresh_hash = ?')
        .get(hashOf(refreshToken)) as SessionRow | undefined;
      if (!row) throw new WireError(400, 'NotAuthorizedException', 'Invalid Refresh Token');
      if (row.expires_at <= now().getTime())
        throw new WireError(400, 'NotAuthorizedException', 'Refresh Token has expired');
      return { sub: row.sub, originJti: row.origin_jti, authTime: row.auth_time };
    },
    renew: tokensOf,
    async verifyAccess(accessToken) {
      let payload: JWTPayload;
      try {
        ({ payload } = await jwtVerify(accessToken, keySet, {
          issuer: issuer(),
          algorithms: ['RS256'],
          currentDate: now(),
        }));
      } catch {
        throw new WireError(400, 'NotAuthorizedException', 'Invalid Access Token');
      }
      if (payload['token_use'] !== 'access')
        throw new WireError(400, 'NotAuthorizedException', 'Invalid Access Token');
      const alive = store
        .prepare('SELECT 1 FROM cognito_sessions WHERE origin_jti = ?')
        .get(payload['origin_jti'] as string);
      if (!alive) throw new WireError(400, 'NotAuthorizedException', 'Access Token has been revoked');
      return payload.sub as string;
    },
    revoke: (refreshToken) =>
      void store.prepare('DELETE FROM cognito_sessions WHERE refresh_hash = ?').run(hashOf(refreshToken)),
    revokeAll: (sub) => void store.prepare('DELETE FROM cognito_sessions WHERE sub = ?').run(sub),
    jwks: () => ({ keys: [publicJwk] }),
  };
}
