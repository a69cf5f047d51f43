import type { Access, FunctionSpec } from '#contract/functions.ts';

/** Everything a function can be told. Each is told only what its own code reads; tests/infra proves that the two agree. */
export interface Environment {
  TABLE_NAME: string;
  CALLS_PER_MINUTE: string;
  FIRST_PLAN: string;
  BUCKET_NAME: string;
  BUS_NAME: string;
  STATE_MACHINE_ARN: string;
  USER_POOL_ISSUER: string;
  USER_POOL_CLIENT_ID: string;
  IDENTITY_ENDPOINT: string;
  SESSION_KEY_ID: string;
  MAIL_FROM: string;
  MAIL_SET: string;
  PUBLIC_URL: string;
  LIVE_URL: string;
  AGENT_ENDPOINT: string;
  AGENT_AUTHORITY: string;
  AGENT_POLICY: string;
  AGENT_RULES: string;
  STRIPE_SECRET_PARAMETER: string;
  STRIPE_WEBHOOK_SECRET_PARAMETER: string;
  /** Not set where Stripe's own address is meant. */
  STRIPE_URL: string | undefined;
}
type Variable = keyof Environment;

const byAccess: Record<Access, readonly Variable[]> = {
  table: ['TABLE_NAME'],
  directory: ['TABLE_NAME'],
  'system-index': ['TABLE_NAME'],
  files: ['BUCKET_NAME'],
  mail: ['MAIL_FROM', 'MAIL_SET'],
  bus: ['BUS_NAME'],
  workflow: ['STATE_MACHINE_ARN'],
  'iot-publish': [],
  'iot-enrol': ['AGENT_POLICY'],
  'iot-retire': ['AGENT_POLICY'],
  'session-sign': ['SESSION_KEY_ID'],
  'session-verify': ['SESSION_KEY_ID'],
  stripe: ['STRIPE_SECRET_PARAMETER', 'STRIPE_WEBHOOK_SECRET_PARAMETER', 'STRIPE_URL'],
};

/** What a function reads beyond its access. */
const byName: Record<string, readonly Variable[]> = {
  'api-platform': ['IDENTITY_ENDPOINT', 'USER_POOL_CLIENT_ID', 'LIVE_URL'],
  'api-shops': ['FIRST_PLAN'],
  'api-farm': ['LIVE_URL', 'AGENT_ENDPOINT', 'AGENT_AUTHORITY', 'AGENT_RULES'],
  'api-billing': ['PUBLIC_URL'],
  'api-documents': ['PUBLIC_URL'],
  'api-mail': ['PUBLIC_URL'],
  'issue-documents': ['PUBLIC_URL'],
  'authorize-request': ['USER_POOL_ISSUER', 'USER_POOL_CLIENT_ID', 'IDENTITY_ENDPOINT'],
  'send-mails': ['PUBLIC_URL'],
  'sweep-mails': ['PUBLIC_URL'],
};

/** Contexts that shops call; the console is called by whoever runs Kerf. */
const countsCalls = ({ trigger, access }: FunctionSpec): boolean =>
  trigger.kind === 'api' && trigger.context !== 'console' && access.includes('table');

export function variablesOf(spec: FunctionSpec, all: Environment): Record<string, string> {
  const names = [
    ...spec.access.flatMap((access) => byAccess[access]),
    ...(countsCalls(spec) ? (['CALLS_PER_MINUTE'] as const) : []),
    ...(byName[spec.name] ?? []),
  ];
  return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}
