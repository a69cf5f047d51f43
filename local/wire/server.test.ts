import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WireError, type WireService } from './service.ts';
import { startFixture } from './wire-fixture.ts';

const echo: WireService = {
  scope: 'ssm',
  targetPrefix: 'AmazonSSM',
  unsigned: new Set(['OpenToAll']),
  async handle({ operation, body }) {
    if (operation === 'Refuse') throw new WireError(400, 'RefusedException', 'refused');
    if (operation === 'Break') throw new Error('a secret of the inside');
    return { status: 200, body: JSON.stringify({ Parameter: { Name: operation }, bytes: body.length }) };
  },
};

let fixture: Awaited<ReturnType<typeof startFixture>>;
beforeAll(async () => void (fixture = await startFixture(() => [echo])));
afterAll(() => fixture.server.close());

const call = (config: object = {}) =>
  new SSMClient({ ...fixture.config, ...config }).send(new GetParameterCommand({ Name: 'n' }));
const post = (operation: string, headers: Record<string, string> = {}, body = '{}') =>
  fetch(fixture.server.url, {
    method: 'POST',
    headers: {
      'x-amz-target': `AmazonSSM.${operation}`,
      'content-type': 'application/x-amz-json-1.1',
      ...headers,
    },
    body,
  });

test('a signed request reaches its service', async () => {
  expect((await call()).Parameter?.Name).toBe('GetParameter');
});

test('a wrong secret is InvalidSignatureException', async () => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'wrong' };
  await expect(call({ credentials })).rejects.toMatchObject({ name: 'InvalidSignatureException' });
});

test('an unknown access key is UnrecognizedClientException', async () => {
  const credentials = { accessKeyId: 'nobody', secretAccessKey: 'secret' };
  await expect(call({ credentials })).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
});

test('a clock more than five minutes off is refused', async () => {
  for (const systemClockOffset of [-301_000, 301_000])
    await expect(call({ systemClockOffset })).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  await call({ systemClockOffset: -240_000 });
});

test('no signature is MissingAuthenticationTokenException, except for an open operation', async () => {
  const refused = await post('GetParameter');
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  expect((await post('OpenToAll')).status).toBe(200);
});

test('a signed body or header can not be changed on its way', async () => {
  const tamper = async (change: (request: { body: string; headers: Record<string, string> }) => void) => {
    const copy = new SSMClient(fixture.config);
    copy.middlewareStack.add(
      (next) => (args) => {
        change(args.request as { body: string; headers: Record<string, string> });
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    return copy.send(new GetParameterCommand({ Name: 'n' }));
  };
  const mismatch = { name: 'InvalidSignatureException' };
  await expect(tamper((request) => (request.body = '{"Name":"m"}'))).rejects.toMatchObject(mismatch);
  await expect(
    tamper((request) => (request.headers['x-amz-target'] = 'AmazonSSM.PutParameter')),
  ).rejects.toMatchObject(mismatch);
  await expect(
    tamper((request) => (request.headers['x-amz-security-token'] = 'slipped in')),
  ).rejects.toMatchObject(mismatch);
});

test('a service is reached only by its own scope and its own targets', async () => {
  const kms = new KMSClient(fixture.config);
  const unknown = { name: 'UnknownOperationException' };
  await expect(kms.send(new GetPublicKeyCommand({ KeyId: 'k' }))).rejects.toMatchObject(unknown);
  const misdirected = new SSMClient(fixture.config);
  misdirected.middlewareStack.add(
    (next) => (args) => {
      (args.request as { headers: Record<string, string> }).headers['x-amz-target'] = 'Other.GetParameter';
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  const sent = misdirected.send(new GetParameterCommand({ Name: 'n' }));
  await expect(sent).rejects.toMatchObject(unknown);
});

test('a malformed Authorization header is IncompleteSignatureException', async () => {
  const answer = await post('GetParameter', { authorization: 'AWS4-HMAC-SHA256 Credential=local' });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ __type: 'IncompleteSignatureException' });
});

test('a body over the limit is answered, not reset', async () => {
  const answer = await post('OpenToAll', {}, 'x'.repeat(17 * 1024 * 1024));
  expect(answer.status).toBe(413);
});

test('a refusal carries its code, an accident says nothing of the inside', async () => {
  const open: WireService = { ...echo, unsigned: new Set(['Refuse', 'Break']) };
  const other = await startFixture(() => [open]);
  const send = (operation: string) =>
    fetch(other.server.url, { method: 'POST', headers: { 'x-amz-target': `AmazonSSM.${operation}` } });
  const refused = await send('Refuse');
  expect(refused.status).toBe(400);
  expect(refused.headers.get('x-amzn-errortype')).toBe('RefusedException');
  expect(refused.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  const broken = await send('Break');
  expect(broken.status).toBe(500);
  expect(await broken.text()).not.toContain('secret');
  await other.server.close();
});
