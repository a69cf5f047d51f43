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
