import type { EmulatorClient } from './deployment.ts';

/** Environment of a deployed function. */
export async function variablesOfFunction(
  client: EmulatorClient,
  name: string,
): Promise<Record<string, string | undefined>> {
  const answer = await lambda(client, 'GET', `${name}/configuration`);
  const { Environment } = (await answer.json()) as { Environment?: { Variables?: Record<string, string> } };
  return Environment?.Variables ?? {};
}

/** Calls a deployed function as its trigger would, and answers with what it answers. @throws when the function does */
export async function invokeFunction(client: EmulatorClient, name: string, event: unknown): Promise<unknown> {
  const answer = await lambda(client, 'POST', `${name}/invocations`, JSON.stringify(event));
  const result: unknown = await answer.json();
  if (answer.headers.has('x-amz-function-error')) throw new Error(`${name}: ${JSON.stringify(result)}`);
  return result;
}

/** Lambda's REST API; the emulator asks for the service and the region, and for no signature. */
async function lambda(
  { endpoint, credentials, region }: EmulatorClient,
  method: string,
  path: string,
  body?: string,
): Promise<Response> {
  const answer = await fetch(`${endpoint}/2015-03-31/functions/${path}`, {
    method,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/lambda/aws4_request`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body }),
  });
  if (!answer.ok) throw new Error(`Lambda answered ${answer.status} to ${path}: ${await answer.text()}`);
  return answer;
}

/** Puts somebody into a group of the pool whose tokens this process's environment names. */
export async function addToGroup(
  { endpoint, credentials, region }: EmulatorClient,
  email: string,
  group: string,
): Promise<void> {
  const UserPoolId = process.env['USER_POOL_ISSUER']?.split('/').at(-1);
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/cognito-idp/aws4_request`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.AdminAddUserToGroup',
    },
    body: JSON.stringify({ UserPoolId, Username: email, GroupName: group }),
  });
  if (!answer.ok) throw new Error(`Cognito answered ${answer.status}: ${await answer.text()}`);
}

/** A copy of Kerf that runs on the emulator, as another process needs to know it. */
export interface DeployedCopy {
  url: string;
  stage: string;
  client: EmulatorClient;
}

const variable = 'KERF_DEPLOYED_COPY';

/** The copy that this process was started for, if it was. */
export function deployedCopy(): DeployedCopy | undefined {
  const told = process.env[variable];
  return told === undefined ? undefined : (JSON.parse(told) as DeployedCopy);
}

/** Environment of a process that works on a deployed copy: which one, where its services are, and what its functions know. */
export async function environmentOf(
  copy: DeployedCopy,
  ...functionNames: readonly string[]
): Promise<Record<string, string | undefined>> {
  const { client, stage } = copy;
  const known = functionNames.map((name) => variablesOfFunction(client, `kerf-${stage}-${name}`));
  return {
    ...Object.fromEntries((await Promise.all(known)).flatMap((variables) => Object.entries(variables))),
    AWS_ENDPOINT_URL: client.endpoint,
    AWS_REGION: client.region,
    AWS_ACCESS_KEY_ID: client.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: client.credentials.secretAccessKey,
    [variable]: JSON.stringify(copy),
  };
}
