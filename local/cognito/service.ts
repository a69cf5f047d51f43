import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Store } from '../engine/store.ts';
import { WireError } from '../wire/service.ts';
import type { WireResponse, WireService } from '../wire/service.ts';
import { schemas } from './inputs.ts';
import { hashPassword, passwordMatches, requireStrongPassword } from './passwords.ts';
import { poolTokens } from './tokens.ts';
import type { Issued } from './tokens.ts';
import { matchingTotpStep, newTotpSecret } from './totp.ts';
import { poolUsers } from './users.ts';
import type { CodePurpose, User } from './users.ts';

export interface CognitoOptions {
  store: Store;
  clock?: { now(): Date };
  /** Where the pools are served, without a trailing slash; tokens carry `<issuerUrl>/<poolId>` as `iss`. */
  issuerUrl: () => string;
  sendMail: (to: string, subject: string, text: string) => void | Promise<void>;
  poolId: string;
  clientId: string;
}

export interface Cognito extends WireService {
  /** What `AdminAddUserToGroup` does; the person's next tokens say so. @throws when nobody has signed up with the address */
  addToGroup(email: string, group: string): void;
  /** The answer to GET `/<poolId>/.well-known/jwks.json`, undefined for any other path. */
  handleJwks(path: string): WireResponse | undefined;
}

const CHALLENGE_MILLISECONDS = 3 * 60_000;

type Operations = {
  [Name in keyof typeof schemas]: (input: z.output<(typeof schemas)[Name]>) => Promise<object>;
};

const notAuthorized = (message: string) => new WireError(400, 'NotAuthorizedException', message);
const wrongCredentials = () => notAuthorized('Incorrect username or password.');
const invalidParameter = (message: string) => new WireError(400, 'InvalidParameterException', message);

/** One user pool with one public client: staff identities, signed in by password and, where they chose it, TOTP. */
export function cognito(options: CognitoOptions): Cognito {
  const { store, poolId, clientId, sendMail } = options;
  const now = () => options.clock?.now() ?? new Date();
  const users = poolUsers(store, poolId, now);
  const tokens = poolTokens({ store, now, issuerUrl: () => options.issuerUrl(), poolId, clientId });
  store.exec(
    'CREATE TABLE IF NOT EXISTS cognito_challenges (session_hash TEXT PRIMARY KEY, sub TEXT NOT NULL, expires_at INTEGER NOT NULL)',
  );

  const delivery = (address: string) => ({
    Destination: `${address.charAt(0)}***@${(address.split('@')[1] ?? '').charAt(0)}***`,
    DeliveryMedium: 'EMAIL',
    AttributeName: 'email',
  });

  async function mailCode(user: User, purpose: CodePurpose): Promise<void> {
    const code = users.newCode(user.sub, purpose);
    if (purpose === 'confirm')
      await sendMail(user.email, 'Your verification code', `Your confirmation code is ${code}`);
    else await sendMail(user.email, 'Reset your password', `Your password reset code is ${code}`);
  }

  async function userOfAccessToken(accessToken: string): Promise<User> {
    const user = users.bySub(await tokens.verifyAccess(accessToken));
    if (!user) throw new WireError(400, 'UserNotFoundException', 'User does not exist.');
    return user;
  }

  const signedIn = (result: Issued) => ({ AuthenticationResult: result, ChallengeParameters: {} });

  function challenge(user: User): object {
    const session = randomBytes(48).toString('base64url');
    store.prepare('DELETE FROM cognito_challenges WHERE expires_at <= ?').run(now().getTime());
    store
      .prepare('INSERT INTO cognito_challenges (session_hash, sub, expires_at) VALUES (?, ?, ?)')
      .run(
        createHash('sha256').update(session).digest('hex'),
        user.sub,
        now().getTime() + CHALLENGE_MILLISECONDS,
      );
    return {
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session: session,
      ChallengeParameters: { USER_ID_FOR_SRP: user.sub },
    };
  }

  /** Uses up a TOTP code: the same code is never good twice. */
  function acceptTotp(user: User, code: string, refusal: WireError): number {
    const step = matchingTotpStep(user.totpSecret ?? '', code, now());
    if (step === undefined || user.totpSecret === undefined) throw refusal;
    if (step <= user.totpLastStep)
      throw new WireError(400, 'ExpiredCodeException', 'Your software token has already been used once.');
    return step;
  }

  async function signInByPassword(parameters: Record<string, string>): Promise<object> {
    const { USERNAME: username, PASSWORD: password } = parameters;
    if (!username || !password) throw invalidParameter('Missing required parameter USERNAME or PASSWORD');
    users.countSignInAttempt(username);
    const user = users.byEmail(username);
    if (!(await passwordMatches(password, user?.passwordHash)) || !user) throw wrongCredentials();
    users.clearSignInAttempts(username);
    if (!user.confirmed) throw new WireError(400, 'UserNotConfirmedException', 'User is not confirmed.');
    return user.totpEnabled ? challenge(user) : signedIn(await tokens.open(user));
  }

  const operations: Operations = {
    async SignUp(input) {
      requireStrongPassword(input.Password);
      const attribute = (name: string) => input.UserAttributes.find((each) => each.Name === name)?.Value;
      const foreignEmail = attribute('email');
      if (foreignEmail !== undefined && foreignEmail.toLowerCase() !== input.Username.toLowerCase()) {
        throw invalidParameter('The email attribute must equal the username.');
      }
      const user = users.create({
        email: input.Username,
        name: attribute('name'),
        passwordHash: await hashPassword(input.Password),
      });
      await mailCode(user, 'confirm');
      return { UserConfirmed: false, UserSub: user.sub, CodeDeliveryDetails: delivery(user.email) };
    },
    async ConfirmSignUp(input) {
      const user = users.byEmail(input.Username);
      if (!user)
        throw new WireError(
          400,
          'ExpiredCodeException',
          'Invalid code provided, please request a code again.',
        );
      if (user.confirmed) throw notAuthorized('User cannot be confirmed. Current status is CONFIRMED');
      users.useCode(user.sub, 'confirm', input.ConfirmationCode);
      users.confirm(user.sub);
      return {};
    },
    async ResendConfirmationCode(input) {
      const user = users.byEmail(input.Username);
      if (user?.confirmed) throw invalidParameter('User is already confirmed.');
      if (user) await mailCode(user, 'confirm');
      return { CodeDeliveryDetails: delivery(input.Username) };
    },
    async InitiateAuth(input) {
      if (input.AuthFlow === 'USER_PASSWORD_AUTH') return signInByPassword(input.AuthParameters);
      if (input.AuthFlow !== 'REFRESH_TOKEN_AUTH' && input.AuthFlow !== 'REFRESH_TOKEN') {
        throw invalidParameter(`Auth flow not enabled for this client: ${input.AuthFlow}`);
      }
      const session = tokens.sessionOf(input.AuthParameters['REFRESH_TOKEN'] ?? '');
      const user = users.bySub(session.sub);
      if (!user) throw notAuthorized('Invalid Refresh Token');
      return signedIn(await tokens.renew(user, session));
    },
    async RespondToAuthChallenge(input) {
      if (input.ChallengeName !== 'SOFTWARE_TOKEN_MFA')
        throw invalidParameter(`Unsupported challenge ${input.ChallengeName}`);
      const hash = createHash('sha256').update(input.Session).digest('hex');
      // Taken whatever the outcome: a session allows one guess.
      const row = store
        .prepare('DELETE FROM cognito_challenges WHERE session_hash = ? RETURNING sub, expires_at')
        .get(hash) as { sub: string; expires_at: number } | undefined;
      const user = row && row.expires_at > now().getTime() ? users.bySub(row.sub) : undefined;
      if (!user) throw notAuthorized('Invalid session for the user.');
      users.countSignInAttempt(user.email);
      const refusal = new WireError(400, 'CodeMismatchException', 'Invalid code received for user');
      const step = acceptTotp(user, input.ChallengeResponses['SOFTWARE_TOKEN_MFA_CODE'] ?? '', refusal);
      users.clearSignInAttempts(user.email);
      users.saveTotp(user.sub, {
        secret: user.totpSecret as string,
        verified: true,
        enabled: true,
        lastStep: step,
      });
      return signedIn(await tokens.open(user));
    },
    async ForgotPassword(input) {
      const user = users.byEmail(input.Username);
      if (user && !user.confirmed) {
        throw invalidParameter(
          'Cannot reset password for the user as there is no registered/verified email or phone_number',
        );
      }
      if (user) await mailCode(user, 'reset');
      return { CodeDeliveryDetails: delivery(input.Username) };
    },
    async ConfirmForgotPassword(input) {
      requireStrongPassword(input.Password);
      const user = users.byEmail(input.Username);
      if (!user)
        throw new WireError(
          400,
          'ExpiredCodeException',
          'Invalid code provided, please request a code again.',
        );
      users.useCode(user.sub, 'reset', input.ConfirmationCode);
      users.setPassword(user.sub, await hashPassword(input.Password));
      users.clearSignInAttempts(user.email);
      tokens.revokeAll(user.sub);
      return {};
    },
    async ChangePassword(input) {
      const user = await userOfAccessToken(input.AccessToken);
      requireStrongPassword(input.ProposedPassword);
      users.countSignInAttempt(user.email);
      if (!(await passwordMatches(input.PreviousPassword, user.passwordHash))) throw wrongCredentials();
      users.clearSignInAttempts(user.email);
      users.setPassword(user.sub, await hashPassword(input.ProposedPassword));
      return {};
    },
    async RevokeToken(input) {
      tokens.revoke(input.Token);
      return {};
    },
    async GlobalSignOut(input) {
      tokens.revokeAll((await userOfAccessToken(input.AccessToken)).sub);
      return {};
    },
    async GetUser(input) {
      const user = await userOfAccessToken(input.AccessToken);
      const attributes = {
        sub: user.sub,
        email: user.email,
        email_verified: String(user.emailVerified),
        ...(user.name === undefined ? {} : { name: user.name }),
      };
      return {
        Username: user.sub,
        UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
        ...(user.totpEnabled
          ? { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'], PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' }
          : {}),
      };
    },
    async AssociateSoftwareToken(input) {
      const user = await userOfAccessToken(input.AccessToken);
      if (user.totpEnabled)
        throw new WireError(
          400,
          'SoftwareTokenMFANotFoundException',
          'Turn the present software token off before a new one is set up.',
        );
      const secret = newTotpSecret();
      users.saveTotp(user.sub, { secret, verified: false, enabled: false, lastStep: 0 });
      return { SecretCode: secret };
    },
    async VerifySoftwareToken(input) {
      const user = await userOfAccessToken(input.AccessToken);
      const step = acceptTotp(
        user,
        input.UserCode,
        new WireError(400, 'EnableSoftwareTokenMFAException', 'Code mismatch'),
      );
      users.saveTotp(user.sub, {
        secret: user.totpSecret as string,
        verified: true,
        enabled: user.totpEnabled,
        lastStep: step,
      });
      return { Status: 'SUCCESS' };
    },
    async SetUserMFAPreference(input) {
      const user = await userOfAccessToken(input.AccessToken);
      const enabled = input.SoftwareTokenMfaSettings.Enabled ?? false;
      if (enabled && !user.totpVerified) throw invalidParameter('User has not verified software token mfa');
      if (user.totpSecret !== undefined) {
        users.saveTotp(user.sub, {
          secret: user.totpSecret,
          verified: user.totpVerified,
          enabled,
          lastStep: user.totpLastStep,
        });
      }
      return {};
    },
  };

  async function run(name: string, body: Buffer): Promise<object> {
    if (!Object.hasOwn(operations, name))
      throw new WireError(400, 'UnknownOperationException', `Operation ${name} is not served here.`);
    const operation = name as keyof Operations;
    let json: unknown;
    try {
      json = JSON.parse(body.toString('utf8'));
    } catch {
      throw new WireError(400, 'SerializationException', 'The body is not JSON.');
    }
    const parsed = schemas[operation].safeParse(json);
    if (!parsed.success) throw invalidParameter(z.prettifyError(parsed.error));
    if ('ClientId' in parsed.data && parsed.data.ClientId !== clientId) {
      throw new WireError(
        400,
        'ResourceNotFoundException',
        `User pool client ${parsed.data.ClientId} does not exist.`,
      );
    }
    // The schema and the function were looked up under the same name.
    return (operations[operation] as (input: unknown) => Promise<object>)(parsed.data);
  }

  return {
    scope: 'cognito-idp',
    targetPrefix: 'AWSCognitoIdentityProviderService',
    unsigned: new Set(Object.keys(schemas)),
    async handle(request) {
      return { status: 200, body: JSON.stringify(await run(request.operation, request.body)) };
    },
    addToGroup(email, group) {
      const user = users.byEmail(email);
      if (!user) throw new WireError(400, 'UserNotFoundException', 'User does not exist.');
      users.addToGroup(user.sub, group);
    },
    handleJwks(path) {
      if (path !== `/${poolId}/.well-known/jwks.json`) return undefined;
      const headers = {
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
        'cache-control': 'public, max-age=86400',
      };
      return { status: 200, headers, body: JSON.stringify(tokens.jwks()) };
    },
  };
}
