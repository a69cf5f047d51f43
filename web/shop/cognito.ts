import { getConfig } from '#contract/routes/platform.ts';
import { ApiProblem, client, nobody } from '../shared/api.ts';

export interface Tokens {
  idToken: string;
  refreshToken: string;
  /** Milliseconds since 1970 at which the id token ends. */
  expiresAt: number;
}

/** What the person did or met, in plain words; `code` is Cognito's own name of it. */
export class IdentityProblem extends ApiProblem {
  readonly cognito: string;
  constructor(cognito: string, detail: string) {
    super('unauthenticated', detail);
    this.name = 'IdentityProblem';
    this.cognito = cognito;
  }
}

const words: Record<string, string> = {
  UsernameExistsException: 'There is an account with this e-mail already. Sign in instead.',
  InvalidPasswordException:
    'Choose a password of at least 10 characters with a capital, a small letter and a digit.',
  InvalidParameterException: 'Check the e-mail address and the password: one of them has a wrong form.',
  CodeMismatchException: 'This is not the code from the newest mail. Check it, or ask for a new one.',
  ExpiredCodeException: 'This code is over. Ask for a new one.',
  UserNotConfirmedException: 'This e-mail is not confirmed yet. Type the code from the mail.',
  UserNotFoundException: 'The e-mail or the password is wrong.',
  LimitExceededException: 'Too many tries. Wait a while and try again.',
  TooManyRequestsException: 'Too many tries. Wait a while and try again.',
  TooManyFailedAttemptsException: 'Too many tries. Wait a while and try again.',
  CodeDeliveryFailureException: 'The mail could not be sent. Check the address.',
  PasswordResetRequiredException: 'Choose a new password first: use “Forgot the password?”.',
};

/** "Not authorized" is said of a wrong password as well as of too many tries. */
function wordsOf(name: string, message: string): string {
  if (name === 'NotAuthorizedException')
    return /attempts exceeded/i.test(message)
      ? 'Too many tries. Wait a while and try again.'
      : 'The e-mail or the password is wrong.';
  return words[name] ?? 'The sign-in service did not understand this. Try again.';
}

type Identity = { endpoint: string; clientId: string };
let identity: Promise<Identity> | undefined;

async function identityOf(): Promise<Identity> {
  identity ??= client(nobody)(getConfig, {}).then((config) => config.identity);
  try {
    return await identity;
  } catch (error) {
    identity = undefined;
    throw error;
  }
}

/** One call of Cognito's public JSON API. @throws IdentityProblem, ApiProblem offline */
async function call(action: string, input: object): Promise<Record<string, unknown>> {
  const { endpoint, clientId } = await identityOf();
  let response: Response;
  try {
    response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${action}`,
      },
      body: JSON.stringify({ ClientId: clientId, ...input }),
    });
  } catch {
    throw new ApiProblem(
      'offline',
      'No answer from the sign-in service. Check the connection and try again.',
    );
  }
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok) return body;
  const stated = typeof body['__type'] === 'string' ? body['__type'] : 'unknown';
  const name = stated.slice(stated.lastIndexOf('#') + 1);
  throw new IdentityProblem(name, wordsOf(name, typeof body['message'] === 'string' ? body['message'] : ''));
}

export const signUp = (person: { email: string; name: string; password: string }) =>
  call('SignUp', {
    Username: person.email,
    Password: person.password,
    UserAttributes: [
      { Name: 'email', Value: person.email },
      { Name: 'name', Value: person.name },
    ],
  });

export const confirmSignUp = (email: string, code: string) =>
  call('ConfirmSignUp', { Username: email, ConfirmationCode: code });

export const resendCode = (email: string) => call('ResendConfirmationCode', { Username: email });

export const forgotPassword = (email: string) => call('ForgotPassword', { Username: email });

export const confirmPassword = (email: string, code: string, password: string) =>
  call('ConfirmForgotPassword', { Username: email, ConfirmationCode: code, Password: password });

export async function signIn(email: string, password: string): Promise<Tokens> {
  return tokensOf(
    await call('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
}

export async function refresh(tokens: Tokens): Promise<Tokens> {
  const answer = await call('InitiateAuth', {
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN: tokens.refreshToken },
  });
  return tokensOf(answer, tokens.refreshToken);
}

function tokensOf(answer: Record<string, unknown>, refreshToken?: string): Tokens {
  const result = answer['AuthenticationResult'] as
    { IdToken: string; RefreshToken?: string; ExpiresIn: number } | undefined;
  if (!result)
    throw new IdentityProblem(
      'Challenge',
      'This account asks for a second factor, which this page can not take.',
    );
  return {
    idToken: result.IdToken,
    refreshToken: result.RefreshToken ?? refreshToken ?? '',
    expiresAt: Date.now() + result.ExpiresIn * 1000,
  };
}
