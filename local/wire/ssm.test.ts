import {
  GetParameterCommand,
  GetParametersCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parameterStore } from './ssm.ts';
import { startFixture } from './wire-fixture.ts';

let fixture: Awaited<ReturnType<typeof startFixture>>;
let ssm: SSMClient;
beforeAll(async () => {
  fixture = await startFixture((store) => [parameterStore(store).service]);
  ssm = new SSMClient(fixture.config);
});
afterAll(() => fixture.server.close());

test('a parameter is read back as written, with its version and date', async () => {
  await ssm.send(new PutParameterCommand({ Name: '/kerf/a', Type: 'String', Value: 'one é' }));
  await ssm.send(new PutParameterCommand({ Name: '/kerf/a', Value: 'two é', Overwrite: true }));
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/kerf/a' }));
  expect(Parameter).toMatchObject({ Value: 'two é', Version: 2, Type: 'String' });
  expect(Math.abs((Parameter?.LastModifiedDate?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
});

test('a secret is readable only with decryption', async () => {
  await ssm.send(new PutParameterCommand({ Name: '/kerf/s', Type: 'SecureString', Value: 'hush' }));
  const sealed = await ssm.send(new GetParameterCommand({ Name: '/kerf/s' }));
  const opened = await ssm.send(new GetParameterCommand({ Name: '/kerf/s', WithDecryption: true }));
  expect(sealed.Parameter?.Value).not.toContain('hush');
  expect(opened.Parameter?.Value).toBe('hush');
});

test('a missing parameter is ParameterNotFound, or listed as invalid', async () => {
  await expect(ssm.send(new GetParameterCommand({ Name: '/kerf/none' }))).rejects.toThrow(ParameterNotFound);
  const { InvalidParameters } = await ssm.send(new GetParametersCommand({ Names: ['/kerf/none'] }));
  expect(InvalidParameters).toEqual(['/kerf/none']);
});

test('an existing parameter is overwritten only on request', async () => {
  await ssm.send(new PutParameterCommand({ Name: '/kerf/once', Type: 'String', Value: '1' }));
  const again = ssm.send(new PutParameterCommand({ Name: '/kerf/once', Type: 'String', Value: '2' }));
  await expect(again).rejects.toThrow(ParameterAlreadyExists);
});
