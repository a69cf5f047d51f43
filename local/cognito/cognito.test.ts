import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { administrator } from '../iam/principals.ts';
import { openStore } from '../engine/store.ts';
import type { Store } from '../engine/store.ts';
import { WireError } from '../wire/service.ts';
import { cognito } from './service.ts';
import type { Cognito } from './service.ts';
import { totpCode, totpStep } from './totp.ts';

const PASSWORD = 'Correct-Horse-7';
const poolId = 'local_pool';
const clientId = 'staff-client';
const issuer = 'http://127.0.0.1:4500';

interface Answer {
  status: number;
  error: string | undefined;
  body: Record<string, unknown>;
}

let store: Store;
let pool: Cognito;
let mails: { to: string; text: string }[];
let offset: number;

const clock = { now: () => new Date(Date.now() + offset) };
const openPool = (over: Store, id = poolId) =>
  cognito({
    store: over,
    clock,
    issuerUrl: () => issuer,
    poolId: id,
    clientId,
    sendMail: (to, _subject, text) => void mails.push({ to, text }),
  });

beforeEach(() => {
  offset = 0;
  mails = [];
  store = openStore(mkdtempSync(join(tmpdir(), 'kerf-cognito-')));
  pool = openPool(store);
});

async function call(operation: string, input: object, service = pool): Promise<Answer> {
  const body = Buffer.from(JSON.stringify(input));
  try {
    const response = await service.handle({
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: {},
      body,
      operation,
      principal: administrator,
      requestId: 'test',
    });
    return {
      status: response.status,
      error: undefined,
      body: JSON.parse(String(response.body)) as Record<string, unknown>,
    };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { status: error.status, error: error.code, body: { message: error.message } };
  }
}

const lastCode = () => /\d{6}/.exec(mails.at(-1)?.text ?? '')?.[0] ?? '';
const otherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const newEmail = () => `ada+${crypto.randomUUID()}@example.test`;
const signUp = (email: string, password = PASSWORD) =>
  call('SignUp', { ClientId: clientId, Username: email, Password: password });
const signIn = (email: string, password = PASSWORD) =>
  call('InitiateAuth', {
    ClientId: clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  });

async function confirmedUser(): Promise<string> {
  const email = newEmail();
  await signUp(email);
  await call('ConfirmSignUp', { ClientId: clientId, Username: email, ConfirmationCode: lastCode() });
  return email;
}

async function tokensOf(
  email: string,
): Promise<{ AccessToken: string; IdToken: string; RefreshToken: string }> {
  const answer = await signIn(email);
  return answer.body['AuthenticationResult'] as {
    AccessToken: string;
    IdToken: string;
    RefreshToken: string;
  };
}

const keySet = (service: Cognito, id = poolId) =>
  createLocalJWKSet(
    JSON.parse(String(service.handleJwks(`/${id}/.well-known/jwks.json`)?.body)) as JSONWebKeySet,
  );

describe('sign-up', () => {
  test.each(['Short-1aB', 'no-upper-case-1', 'NO-LOWER-CASE-1', 'No-Digit-At-All'])(
    'the weak password %s is refused',
    async (password) => {
      expect((await signUp(newEmail(), password)).error).toBe('InvalidPasswordException');
    },
  );

  test('an address signs up once, whatever its case', async () => {
    const email = newEmail();
    expect((await signUp(email)).status).toBe(200);
    expect((await signUp(email.toUpperCase())).error).toBe('UsernameExistsException');
  });

  test('nobody signs in before the code of the mail was given', async () => {
    const email = newEmail();
    await signUp(email);
    expect((await signIn(email)).error).toBe('UserNotConfirmedException');
    const code = lastCode();
    const confirm = (given: string) =>
      call('ConfirmSignUp', { ClientId: clientId, Username: email, ConfirmationCode: given });
    expect((await confirm(otherCode(code))).error).toBe('CodeMismatchException');
    expect((await confirm(code)).status).toBe(200);
    expect((await signIn(email)).status).toBe(200);
  });

  test('an old code is refused, a resent one works', async () => {
    const email = newEmail();
    await signUp(email);
    offset = 25 * 3600_000;
    const confirm = () =>
      call('ConfirmSignUp', { ClientId: clientId, Username: email, ConfirmationCode: lastCode() });
    expect((await confirm()).error).toBe('ExpiredCodeException');
    await call('ResendConfirmationCode', { ClientId: clientId, Username: email });
    expect((await confirm()).status).toBe(200);
  });

  test('after five wrong codes even the right one is refused', async () => {
    const email = newEmail();
    await signUp(email);
    const code = lastCode();
    const confirm = (given: string) =>
      call('ConfirmSignUp', { ClientId: clientId, Username: email, ConfirmationCode: given });
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await confirm(otherCode(code))).error).toBe('CodeMismatchException');
    expect((await confirm(code)).error).toBe('LimitExceededException');
  });

  test('another client id is unknown', async () => {
    const answer = await call('SignUp', {
      ClientId: 'someone-else',
      Username: newEmail(),
      Password: PASSWORD,
    });
    expect(answer.error).toBe('ResourceNotFoundException');
  });
});

describe('sign-in', () => {
  test('a wrong password and an unknown user get the same answer', async () => {
    const email = await confirmedUser();
    const wrong = await signIn(email, 'Wrong-Password-1');
    expect(wrong.error).toBe('NotAuthorizedException');
    expect(wrong.body['message']).toBe('Incorrect username or password.');
    expect(await signIn(newEmail())).toEqual(wrong);
  });

  test('guessing locks the address, and the lock ends', async () => {
    const email = await confirmedUser();
    for (let attempt = 0; attempt < 5; attempt += 1) await signIn(email, 'Wrong-Password-1');
    expect((await signIn(email)).body['message']).toBe('Password attempts exceeded');
    offset = 2000;
    expect((await signIn(email)).status).toBe(200);
  });

  test("the tokens carry Cognito's claims and verify with the published keys", async () => {
    const email = await confirmedUser();
    const tokens = await tokensOf(email);
    const options = { issuer: `${issuer}/${poolId}` };
    const access = (await jwtVerify(tokens.AccessToken, keySet(pool), options)).payload;
    const id = (await jwtVerify(tokens.IdToken, keySet(pool), { ...options, audience: clientId })).payload;
    expect(access).toMatchObject({
      token_use: 'access',
      client_id: clientId,
      username: access.sub,
      scope: 'aws.cognito.signin.user.admin',
    });
    expect(access.aud).toBeUndefined();
    expect(id).toMatchObject({
      token_use: 'id',
      sub: access.sub,
      email,
      email_verified: true,
      'cognito:username': access.sub,
    });
    expect(access['origin_jti']).toBe(id['origin_jti']);
    expect((access.exp ?? 0) - (access.iat ?? 0)).toBe(3600);
  });

  test('a token of another pool does not verify', async () => {
    const tokens = await tokensOf(await confirmedUser());
    const other = openPool(store, 'local_other');
    await expect(jwtVerify(tokens.AccessToken, keySet(other, 'local_other'))).rejects.toThrow();
    expect((await call('GetUser', { AccessToken: tokens.AccessToken }, other)).error).toBe(
      'NotAuthorizedException',
    );
  });

  test('an expired access token and an id token are no access', async () => {
    const tokens = await tokensOf(await confirmedUser());
    expect((await call('GetUser', { AccessToken: tokens.IdToken })).error).toBe('NotAuthorizedException');
    offset = 3601_000;
    expect((await call('GetUser', { AccessToken: tokens.AccessToken })).error).toBe('NotAuthorizedException');
  });

  test('a refresh token renews until it is revoked', async () => {
    const tokens = await tokensOf(await confirmedUser());
    const refresh = () =>
      call('InitiateAuth', {
        ClientId: clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
      });
    const renewed = (await refresh()).body['AuthenticationResult'] as Record<string, unknown>;
    expect(renewed['AccessToken']).toBeTypeOf('string');
    expect(renewed['RefreshToken']).toBeUndefined();
    await call('RevokeToken', { ClientId: clientId, Token: tokens.RefreshToken });
    expect((await refresh()).error).toBe('NotAuthorizedException');
    expect((await call('GetUser', { AccessToken: tokens.AccessToken })).error).toBe('NotAuthorizedException');
  });

  test('a global sign-out ends every session of the person', async () => {
    const email = await confirmedUser();
    const [one, two] = [await tokensOf(email), await tokensOf(email)];
    expect((await call('GlobalSignOut', { AccessToken: one.AccessToken })).status).toBe(200);
    expect((await call('GetUser', { AccessToken: two.AccessToken })).error).toBe('NotAuthorizedException');
  });
});

describe('passwords', () => {
  test('a forgotten password is replaced by the code of the mail, and old sessions end', async () => {
    const email = await confirmedUser();
    const tokens = await tokensOf(email);
    await call('ForgotPassword', { ClientId: clientId, Username: email });
    const reset = (code: string, password: string) =>
      call('ConfirmForgotPassword', {
        ClientId: clientId,
        Username: email,
        ConfirmationCode: code,
        Password: password,
      });
    const code = lastCode();
    expect((await reset(otherCode(code), 'Another-Horse-8')).error).toBe('CodeMismatchException');
    expect((await reset(code, 'weak')).error).toBe('InvalidPasswordException');
    expect((await reset(code, 'Another-Horse-8')).status).toBe(200);
    expect((await signIn(email)).error).toBe('NotAuthorizedException');
    expect((await signIn(email, 'Another-Horse-8')).status).toBe(200);
    expect((await call('GetUser', { AccessToken: tokens.AccessToken })).error).toBe('NotAuthorizedException');
  });

  test('asking for a reset does not tell whether the address is known, and no mail goes out', async () => {
    const known = await confirmedUser();
    const sent = mails.length;
    const unknown = `${known}.example`;
    const answer = await call('ForgotPassword', { ClientId: clientId, Username: unknown });
    expect(answer.body).toEqual((await call('ForgotPassword', { ClientId: clientId, Username: known })).body);
    expect(mails.slice(sent).map((mail) => mail.to)).toEqual([known]);
  });

  test('changing a password asks for the old one', async () => {
    const email = await confirmedUser();
    const { AccessToken } = await tokensOf(email);
    const change = (previous: string) =>
      call('ChangePassword', {
        AccessToken,
        PreviousPassword: previous,
        ProposedPassword: 'Another-Horse-8',
      });
    expect((await change('Wrong-Password-1')).error).toBe('NotAuthorizedException');
    expect((await change(PASSWORD)).status).toBe(200);
    expect((await signIn(email, 'Another-Horse-8')).status).toBe(200);
  });
});

test('who turned TOTP on signs in with password and a code, and no code is good twice', async () => {
  const email = await confirmedUser();
  const { AccessToken } = await tokensOf(email);
  const secret = (await call('AssociateSoftwareToken', { AccessToken })).body['SecretCode'] as string;
  const codeNow = () => totpCode(secret, totpStep(clock.now()));
  expect((await call('VerifySoftwareToken', { AccessToken, UserCode: otherCode(codeNow()) })).error).toBe(
    'EnableSoftwareTokenMFAException',
  );
  expect((await call('VerifySoftwareToken', { AccessToken, UserCode: codeNow() })).body['Status']).toBe(
    'SUCCESS',
  );
  await call('SetUserMFAPreference', {
    AccessToken,
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  const respond = async (code: string) => {
    const challenge = (await signIn(email)).body;
    expect(challenge['ChallengeName']).toBe('SOFTWARE_TOKEN_MFA');
    expect(challenge['AuthenticationResult']).toBeUndefined();
    const responses = { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE: code };
    return call('RespondToAuthChallenge', {
      ClientId: clientId,
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session: challenge['Session'],
      ChallengeResponses: responses,
    });
  };
  expect((await respond(codeNow())).error).toBe('ExpiredCodeException');
  expect((await respond(otherCode(codeNow()))).error).toBe('CodeMismatchException');
  offset += 60_000;
  expect((await respond(codeNow())).status).toBe(200);
});

test('people, sessions and the signing key survive a kill -9', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kerf-cognito-kill-'));
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { openStore } = await import(${JSON.stringify(import.meta.resolve('../engine/store.ts'))});
       const { cognito } = await import(${JSON.stringify(import.meta.resolve('./service.ts'))});
       let mail = '';
       const pool = cognito({ store: openStore(process.argv[1]), issuerUrl: () => '${issuer}', poolId: '${poolId}', clientId: '${clientId}', sendMail: (to, subject, text) => { mail = text; } });
       const call = async (operation, input) => JSON.parse((await pool.handle({ method: 'POST', path: '/', query: new URLSearchParams(), headers: {}, body: Buffer.from(JSON.stringify({ ClientId: '${clientId}', ...input })), operation })).body);
       await call('SignUp', { Username: 'kill@example.test', Password: '${PASSWORD}' });
       await call('ConfirmSignUp', { Username: 'kill@example.test', ConfirmationCode: /\\d{6}/.exec(mail)[0] });
       const answer = await call('InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'kill@example.test', PASSWORD: '${PASSWORD}' } });
       console.log(JSON.stringify(answer.AuthenticationResult));
       setInterval(() => {}, 1000);`,
      dir,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const line = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data: Buffer) => resolve(String(data))),
  );
  const dead = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await dead;
  const tokens = JSON.parse(line) as { AccessToken: string; RefreshToken: string };
  const reopened = openPool(openStore(dir));
  await jwtVerify(tokens.AccessToken, keySet(reopened));
  const parameters = { REFRESH_TOKEN: tokens.RefreshToken };
  const renewed = await call(
    'InitiateAuth',
    { ClientId: clientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: parameters },
    reopened,
  );
  expect(renewed.status).toBe(200);
});
