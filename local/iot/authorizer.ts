import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod';
import { parsePolicy } from './policy.ts';
import type { IotPolicy } from './policy.ts';

/** What AWS IoT hands to a custom authorizer. */
export interface AuthorizerEvent {
  token?: string;
  signatureVerified: false;
  protocols: ('mqtt' | 'http' | 'tls')[];
  protocolData: {
    mqtt: { username?: string; password?: string; clientId: string };
    http: { headers: Record<string, string>; queryString: string };
  };
  connectionMetadata: { id: string };
}

const answerSchema = z.object({
  isAuthenticated: z.boolean(),
  principalId: z.string().regex(/^[a-zA-Z0-9]{1,128}$/),
  disconnectAfterInSeconds: z.number().int().min(300).max(86_400),
  refreshAfterInSeconds: z.number().int().min(300).max(86_400),
  policyDocuments: z.array(z.union([z.string(), z.looseObject({})])).max(10),
});

export interface Grant {
  principalId: string;
  disconnectAfterInSeconds: number;
  refreshAfterInSeconds: number;
  policies: IotPolicy[];
}

/** The event for one connection; the password travels in base64. */
export function authorizerEvent(connection: {
  connectionId: string;
  clientId: string;
  username: string | undefined;
  password: Buffer | undefined;
  headers: IncomingHttpHeaders;
  queryString: string;
}): AuthorizerEvent {
  const { username, password, clientId, queryString } = connection;
  const headers = Object.fromEntries(
    Object.entries(connection.headers).map(([name, value]) => [name, String(value)]),
  );
  const token = new URLSearchParams(queryString).get('token');
  return {
    ...(token === null ? {} : { token }),
    signatureVerified: false,
    protocols: ['mqtt', 'http'],
    protocolData: {
      mqtt: {
        clientId,
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password: password.toString('base64') }),
      },
      http: { headers, queryString },
    },
    connectionMetadata: { id: connection.connectionId },
  };
}

/** Reads the authorizer's answer; throws an Error saying why when it does not admit the connection. */
export function readGrant(answer: unknown): Grant {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) {
    const denied = z.object({ isAuthenticated: z.literal(false) }).safeParse(answer).success;
    throw new Error(
      denied
        ? 'The authorizer refused.'
        : `The authorizer's answer is malformed: ${z.prettifyError(parsed.error)}`,
    );
  }
  if (!parsed.data.isAuthenticated) throw new Error('The authorizer refused.');
  const policies = parsed.data.policyDocuments.map((document) =>
    parsePolicy(typeof document === 'string' ? document : JSON.stringify(document)),
  );
  return { ...parsed.data, policies };
}
