/** Who asks the embedded services, by access key, and what they may. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { functions, type Access } from '#contract/functions.ts';
import {
  assumeStatement,
  assuming,
  ownStatements,
  shopStatements,
  type Places,
  type Statement,
} from '#contract/rights.ts';
import type { SecretOf } from '../wire/sigv4.ts';
import { isAllowed, type AccessRequest } from './evaluate.ts';

export interface Principal {
  arn: string;
  may: (request: Omit<AccessRequest, 'tags'>) => boolean;
}

/** May everything, as an administrator may. */
export const administrator: Principal = { arn: 'administrator', may: () => true };

export interface Session {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

export interface Principals {
  /** The secret of an access key; temporary keys bring their token. Undefined when there is none, or its time is over. */
  secretOf: SecretOf;
  /** Whose key it is. @throws when `secretOf` knows no such key */
  principalOf: (accessKeyId: string, sessionToken?: string) => Principal;
  /** Credentials of the shop role with these session tags; undefined when its trust policy refuses. */
  assume: (request: {
    roleArn: string;
    sessionName: string;
    seconds: number;
    tags: Readonly<Record<string, string>>;
  }) => Session | undefined;
}

export interface PrincipalOptions {
  /** Everything is derived from it. */
  secret: string;
  places: Places;
  shopRoleArn: string;
  /** Key of the functions. All share this process and so one role: the union of what each may. */
  functionKey: string;
  /** Key of whoever runs this cloud, and of tests that look past the walls; may everything, as an administrator may. */
  operatorKey: string;
}

const mostSessions = 2000;

const claims = z.object({
  tags: z.record(z.string(), z.string()),
  name: z.string(),
  /** Milliseconds since 1970. */
  until: z.number(),
});

export function principals(options: PrincipalOptions): Principals {
  const { secret, places, shopRoleArn, functionKey, operatorKey } = options;
  const derived = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
  const access: readonly Access[] = [...new Set(functions.flatMap((each) => each.access))];
  const own: Statement[] = [...ownStatements(access, places), assumeStatement(shopRoleArn)];
  const ofShops = shopStatements(access, places);
  /** The trust policy, as the stacks write it. */
  const trust: Statement[] = [
    { Effect: 'Allow', Action: assuming.actions, Resource: [shopRoleArn], Condition: assuming.condition },
  ];

  /** What a token says, once its seal was found whole and its time not over. */
  function opened(token: string): z.infer<typeof claims> | undefined {
    const [body = '', seal = ''] = token.split('.');
    const expected = Buffer.from(derived(`token ${body}`));
    const given = Buffer.from(seal);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
    const said = claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
    return said.until > Date.now() ? said : undefined;
  }
  const keyOf = (token: string) =>
    `ASIA${derived(`key ${token}`)
      .replaceAll(/[^A-Za-z0-9]/g, '')
      .slice(0, 16)
      .toUpperCase()}`;

  /** Sessions whose seal was found whole: looked at with every request, so looked into once. */
  const sessions = new Map<
    string,
    { until: number; accessKeyId: string; secret: string; principal: Principal }
  >();
  function sessionOf(accessKeyId: string, token: string) {
    const known = sessions.get(token) ?? look(token);
    return known && known.accessKeyId === accessKeyId && known.until > Date.now() ? known : undefined;
  }
  function look(token: string) {
    const said = opened(token);
    if (!said) return undefined;
    const principal: Principal = {
      arn: `${shopRoleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${said.name}`,
      may: (request) => isAllowed(ofShops, { ...request, tags: said.tags }),
    };
    const session = {
      until: said.until,
      accessKeyId: keyOf(token),
      secret: derived(`secret ${token}`),
      principal,
    };
    if (sessions.size >= mostSessions) sessions.clear();
    sessions.set(token, session);
    return session;
  }
  const longLived = new Map<string, Principal>([
    [functionKey, { arn: 'functions', may: (request) => isAllowed(own, request) }],
    [operatorKey, administrator],
  ]);

  return {
    secretOf(accessKeyId, sessionToken) {
      if (sessionToken !== undefined) return sessionOf(accessKeyId, sessionToken)?.secret;
      return longLived.has(accessKeyId) ? derived(`secret ${accessKeyId}`) : undefined;
    },
    principalOf(accessKeyId, sessionToken) {
      const found =
        sessionToken === undefined
          ? longLived.get(accessKeyId)
          : sessionOf(accessKeyId, sessionToken)?.principal;
      if (!found) throw new Error(`No such key or session: ${accessKeyId}`);
      return found;
    },
    assume({ roleArn, sessionName, seconds, tags }) {
      const names = Object.keys(tags);
      const keys = {
        ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:RequestTag/${name}`, value])),
        ...(names.length > 0 ? { 'aws:TagKeys': names } : {}),
      };
      const allowed = assuming.actions.every((action) =>
        isAllowed(trust, { action, resource: roleArn, keys }),
      );
      if (!allowed) return undefined;
      const until = Date.now() + seconds * 1000;
      const body = Buffer.from(JSON.stringify({ tags, name: sessionName, until })).toString('base64url');
      const sessionToken = `${body}.${derived(`token ${body}`)}`;
      return {
        accessKeyId: keyOf(sessionToken),
        secretAccessKey: derived(`secret ${sessionToken}`),
        sessionToken,
        expiration: new Date(until),
      };
    },
  };
}
