import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetParameterCommand,
  GetParametersCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../engine/store.ts';
import { startAwsServer, type RunningServer } from './server.ts';
import { parameterStore } from './ssm.ts';

let server: RunningServer;
let ssm: SSMClient;
beforeAll(async () => {
  const store = openStore(mkdtempSync(join(tmpdir(), 'ssm-')));
  const secretOf = (id: string) => (id === 'local' ? 'secret' : undefined);
  server = await startAwsServer({ port: 0, services: [parameterStore(store).service], secretOf });
  ssm = new SSMClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
});
afterAll(() => server.close());

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
