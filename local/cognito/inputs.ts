import * as z from 'zod';

const text = z.string().min(1).max(2048);
const email = z.email().max(254);
const client = { ClientId: text };
/** The input of every operation that is served, by its name. */
export const schemas = {
  SignUp: z.object({
    ...client,
    Username: email,
    Password: text,
    UserAttributes: z.array(z.object({ Name: text, Value: z.string().max(2048) })).default([]),
  }),
  ConfirmSignUp: z.object({ ...client, Username: text, ConfirmationCode: text }),
  ResendConfirmationCode: z.object({ ...client, Username: text }),
  InitiateAuth: z.object({ ...client, AuthFlow: text, AuthParameters: z.record(z.string(), z.string()) }),
  RespondToAuthChallenge: z.object({
    ...client,
    ChallengeName: text,
    Session: text,
    ChallengeResponses: z.record(z.string(), z.string()),
  }),
  ForgotPassword: z.object({ ...client, Username: text }),
  ConfirmForgotPassword: z.object({ ...client, Username: text, ConfirmationCode: text, Password: text }),
  ChangePassword: z.object({ AccessToken: text, PreviousPassword: text, ProposedPassword: text }),
  RevokeToken: z.object({ ...client, Token: text }),
  GlobalSignOut: z.object({ AccessToken: text }),
  GetUser: z.object({ AccessToken: text }),
  AssociateSoftwareToken: z.object({ AccessToken: text }),
  VerifySoftwareToken: z.object({ AccessToken: text, UserCode: text }),
  SetUserMFAPreference: z.object({
    AccessToken: text,
    SoftwareTokenMfaSettings: z.object({
      Enabled: z.boolean().optional(),
      PreferredMfa: z.boolean().optional(),
    }),
  }),
};
