import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as iot from '@aws-sdk/client-iot';
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import * as x509 from '@peculiar/x509';
import mqtt from 'mqtt';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openStore } from '../engine/store.ts';
import type { Store } from '../engine/store.ts';
import { startBroker } from './broker.ts';
import type { Broker, Presence } from './broker.ts';
import { certificateAuthority } from './ca.ts';
import type { CertificateAuthority } from './ca.ts';
import { iotControl } from './control.ts';
import { iotData } from './data.ts';
import { iotRegistry } from './registry.ts';
import type { IotRegistry } from './registry.ts';
import { serveForTest } from './serve-for-test.ts';

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const place = { region: 'us-east-1', accountId: '000000000000' };
const arn = (rest: string) => `arn:aws:iot:us-east-1:000000000000:${rest}`;
const THING = '${iot:Connection.Thing.ThingName}';
const OWN = `shop/\${iot:Connection.Thing.Attributes[shopId]}/agent/${THING}`;
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'iot:Connect',
      Resource: arn(`client/${THING}`),
      Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },
    },
    {
      Effect: 'Allow',
      Action: 'iot:Publish',
      Resource: [arn(`topic/${OWN}/up`), arn(`topic/$aws/rules/snapshot/${OWN}`)],
    },
    { Effect: 'Allow', Action: 'iot:Subscribe', Resource: arn(`topicfilter/${OWN}/*`) },
    { Effect: 'Allow', Action: 'iot:Receive', Resource: arn(`topic/${OWN}/*`) },
  ],
});

let store: Store;
let registry: IotRegistry;
let authority: CertificateAuthority;
let broker: Broker;
let control: iot.IoTClient;
let data: IoTDataPlaneClient;
let presences: Presence[];
let ruled: { rule: string; topic: string; payload: string; clientId: string | undefined }[];
let onRule: () => void;
let authorizer: ReturnType<typeof vi.fn<(event: unknown) => Promise<unknown>>>;
let timers: { milliseconds: number; work: () => void }[];
let webUrl: string;
let cleanups: (() => void | Promise<void>)[];

async function csr(name: string) {
  const keys = await crypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: EC,
  });
  const key = x509.PemConverter.encode(
    await crypto.subtle.exportKey('pkcs8', keys.privateKey),
    'PRIVATE KEY',
  );
  return { csr: request.toString('pem'), key };
}

beforeEach(async () => {
  [presences, ruled, timers, cleanups, onRule] = [[], [], [], [], () => undefined];
  authorizer = vi.fn();
  store = openStore(mkdtempSync(join(tmpdir(), 'kerf-iot-')));
  registry = iotRegistry(store, place);
  authority = await certificateAuthority(store);
  broker = await startBroker({
    registry,
    authority,
    tlsPort: 0,
    authorize: (event) => authorizer(event),
    onRule: (rule, topic, payload, { clientId }) => {
      onRule();
      ruled.push({ rule, topic, payload: String(payload), clientId });
    },
    onPresence: (presence) => void presences.push(presence),
    later: (milliseconds, work) => {
      timers.push({ milliseconds, work });
      return () => undefined;
    },
  });
  const web = createServer();
  web.on('upgrade', (request, socket, head) => broker.handleUpgrade(request, socket, head));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  webUrl = `ws://127.0.0.1:${(web.address() as AddressInfo).port}/mqtt`;
  const services = [
    await serveForTest(iotControl({ registry, authority, endpoint: () => `127.0.0.1:${broker.tlsPort}` })),
    await serveForTest(iotData(broker)),
  ];
  const settings = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'secret' },
    maxAttempts: 1,
  };
  control = new iot.IoTClient({ ...settings, endpoint: services[0]?.url });
  data = new IoTDataPlaneClient({ ...settings, endpoint: services[1]?.url });
  cleanups.push(
    () => broker.close(),
    () => void web.close(),
    ...services.map((service) => () => service.close()),
  );
  await control.send(new iot.CreatePolicyCommand({ policyName: 'agents', policyDocument: POLICY }));
});

afterEach(async () => {
  for (const cleanup of cleanups) await cleanup();
});

interface Agent {
  name: string;
  key: string;
  certificateId: string;
  certificateArn: string;
  certificatePem: string;
}

/** Enrols an agent the way the claim route does, through the SDK. */
async function enrol(name = `agent_${crypto.randomUUID().slice(0, 8)}`, shopId = 'shop_a'): Promise<Agent> {
  const request = await csr(name);
  const issued = await control.send(
    new iot.CreateCertificateFromCsrCommand({ certificateSigningRequest: request.csr, setAsActive: true }),
  );
  const certificateArn = issued.certificateArn as string;
  await control.send(
    new iot.CreateThingCommand({ thingName: name, attributePayload: { attributes: { shopId } } }),
  );
  await control.send(new iot.AttachThingPrincipalCommand({ thingName: name, principal: certificateArn }));
  await control.send(new iot.AttachPolicyCommand({ policyName: 'agents', target: certificateArn }));
  return {
    name,
    key: request.key,
    certificateArn,
    certificateId: issued.certificateId as string,
    certificatePem: issued.certificatePem as string,
  };
}

type Credentials = Partial<Pick<Agent, 'key' | 'certificatePem'>>;

async function connect(
  agent: Credentials,
  clientId: string,
  settings: mqtt.IClientOptions = {},
): Promise<mqtt.MqttClient> {
  const identity = agent.key && agent.certificatePem ? { key: agent.key, cert: agent.certificatePem } : {};
  const client = await mqtt.connectAsync(
    `mqtts://127.0.0.1:${broker.tlsPort}`,
    {
      ca: authority.rootPem,
      ...identity,
      clientId,
      protocolVersion: 4,
      reconnectPeriod: 0,
      connectTimeout: 5000,
      ...settings,
    },
    false,
  );
  client.on('error', () => undefined);
  cleanups.unshift(() => void client.end(true));
  return client;
}

async function browser(clientId: string, password = 'good-token'): Promise<mqtt.MqttClient> {
  const options: mqtt.IClientOptions = {
    clientId,
    username: 'web',
    password,
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: 5000,
  };
  const client = await mqtt.connectAsync(webUrl, options, false);
  client.on('error', () => undefined);
  cleanups.unshift(() => void client.end(true));
  return client;
}

const grantFor = (shopId: string, clientId: string) => ({
  isAuthenticated: true,
  principalId: 'person1',
  disconnectAfterInSeconds: 3600,
  refreshAfterInSeconds: 300,
  policyDocuments: [
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'iot:Connect', Resource: arn(`client/${clientId}`) },
        { Effect: 'Allow', Action: 'iot:Subscribe', Resource: arn(`topicfilter/shop/${shopId}/staff/*`) },
        { Effect: 'Allow', Action: 'iot:Receive', Resource: arn(`topic/shop/${shopId}/staff/*`) },
      ],
    }),
  ],
});

const nextMessage = (client: mqtt.MqttClient) =>
  new Promise<{ topic: string; payload: string }>((resolve) => {
    client.once('message', (topic, payload) => resolve({ topic, payload: String(payload) }));
  });
const closing = (client: mqtt.MqttClient) =>
  new Promise<void>((resolve) => client.once('close', () => resolve()));

describe('the control plane', () => {
  test('an agent is enrolled and described as AWS does', async () => {
    const agent = await enrol();
    expect(await control.send(new iot.DescribeThingCommand({ thingName: agent.name }))).toMatchObject({
      attributes: { shopId: 'shop_a' },
      thingArn: arn(`thing/${agent.name}`),
    });
    expect(agent.certificateId).toMatch(/^[0-9a-f]{64}$/);
    expect(
      (await control.send(new iot.DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }))).endpointAddress,
    ).toBe(`127.0.0.1:${broker.tlsPort}`);
    expect((await control.send(new iot.GetPolicyCommand({ policyName: 'agents' }))).policyDocument).toBe(
      POLICY,
    );
    const { certificateDescription } = await control.send(
      new iot.DescribeCertificateCommand({ certificateId: agent.certificateId }),
    );
    expect(certificateDescription?.status).toBe('ACTIVE');
    const { principals } = await control.send(new iot.ListThingPrincipalsCommand({ thingName: agent.name }));
    expect(principals).toEqual([agent.certificateArn]);
  });

  test('a thing or policy that exists is not made again with other content', async () => {
    const { name } = await enrol();
    const again = (attributes: Record<string, string>) =>
      control.send(new iot.CreateThingCommand({ thingName: name, attributePayload: { attributes } }));
    await again({ shopId: 'shop_a' });
    await expect(again({ shopId: 'shop_b' })).rejects.toThrow(iot.ResourceAlreadyExistsException);
    await expect(
      control.send(new iot.CreatePolicyCommand({ policyName: 'agents', policyDocument: POLICY })),
    ).rejects.toThrow(iot.ResourceAlreadyExistsException);
  });

  test('what does not exist is not found', async () => {
    await expect(control.send(new iot.DescribeThingCommand({ thingName: 'nobody' }))).rejects.toThrow(
      iot.ResourceNotFoundException,
    );
    await expect(control.send(new iot.GetPolicyCommand({ policyName: 'none' }))).rejects.toThrow(
      iot.ResourceNotFoundException,
    );
    const target = arn(`cert/${'0'.repeat(64)}`);
    await expect(control.send(new iot.AttachPolicyCommand({ policyName: 'agents', target }))).rejects.toThrow(
      iot.ResourceNotFoundException,
    );
  });

  test('a malformed policy is refused', async () => {
    await expect(
      control.send(new iot.CreatePolicyCommand({ policyName: 'bad', policyDocument: '{}' })),
    ).rejects.toThrow(iot.MalformedPolicyException);
  });

  test('a CSR that is nonsense, of a weak key or not signed by its key is refused', async () => {
    const send = (certificateSigningRequest: string) =>
      control.send(new iot.CreateCertificateFromCsrCommand({ certificateSigningRequest, setAsActive: true }));
    await expect(send('nonsense')).rejects.toThrow(iot.InvalidRequestException);
    const rsa = {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      publicExponent: new Uint8Array([1, 0, 1]),
      modulusLength: 1024,
    };
    const keys = await crypto.subtle.generateKey(rsa, true, ['sign', 'verify']);
    const weak = await x509.Pkcs10CertificateRequestGenerator.create({
      name: 'CN=weak',
      keys,
      signingAlgorithm: rsa,
    });
    await expect(send(weak.toString('pem'))).rejects.toThrow(/weak key/);
    const good = await csr('agent');
    const raw = Buffer.from(x509.PemConverter.decodeFirst(good.csr));
    raw.writeUInt8(raw.readUInt8(raw.length - 1) ^ 1, raw.length - 1);
    await expect(send(x509.PemConverter.encode(raw, 'CERTIFICATE REQUEST'))).rejects.toThrow(
      /not signed by its own key/,
    );
  });

  test('an agent is retired in order: deactivate, detach, delete', async () => {
    const agent = await enrol();
    const { certificateId, certificateArn: principal, name: thingName } = agent;
    const deleteCertificate = (forceDelete = false) =>
      control.send(new iot.DeleteCertificateCommand({ certificateId, forceDelete }));
    await expect(deleteCertificate()).rejects.toThrow(iot.CertificateStateException);
    await control.send(new iot.UpdateCertificateCommand({ certificateId, newStatus: 'REVOKED' }));
    await expect(
      control.send(new iot.UpdateCertificateCommand({ certificateId, newStatus: 'ACTIVE' })),
    ).rejects.toThrow(iot.CertificateStateException);
    await expect(control.send(new iot.DeleteThingCommand({ thingName }))).rejects.toThrow(
      iot.InvalidRequestException,
    );
    await expect(deleteCertificate(true)).rejects.toThrow(iot.DeleteConflictException);
    await control.send(new iot.DetachThingPrincipalCommand({ thingName, principal }));
    await expect(deleteCertificate()).rejects.toThrow(iot.DeleteConflictException);
    await control.send(new iot.DetachPolicyCommand({ policyName: 'agents', target: principal }));
    await deleteCertificate();
    await control.send(new iot.DeleteThingCommand({ thingName }));
    await expect(control.send(new iot.DescribeThingCommand({ thingName }))).rejects.toThrow(
      iot.ResourceNotFoundException,
    );
  });
});

describe('an agent', () => {
  test('receives what the cloud publishes to its topic', async () => {
    const agent = await enrol();
    const client = await connect(agent, agent.name);
    await client.subscribeAsync(`shop/shop_a/agent/${agent.name}/+`, { qos: 1 });
    const message = nextMessage(client);
    await data.send(
      new PublishCommand({
        topic: `shop/shop_a/agent/${agent.name}/command`,
        payload: Buffer.from('start'),
        qos: 1,
      }),
    );
    expect(await message).toEqual({ topic: `shop/shop_a/agent/${agent.name}/command`, payload: 'start' });
  });

  test('gets the commands of its absence when it comes back with its session', async () => {
    const agent = await enrol();
    const first = await connect(agent, agent.name, { clean: false });
    await first.subscribeAsync(`shop/shop_a/agent/${agent.name}/command`, { qos: 1 });
    await first.endAsync();
    await vi.waitFor(() => expect(broker.connectedClientIds()).toEqual([]));
    await broker.publish(`shop/shop_a/agent/${agent.name}/command`, 'late', 1);
    const received: string[] = [];
    const second = mqtt.connect(`mqtts://127.0.0.1:${broker.tlsPort}`, {
      ...{ ca: authority.rootPem, key: agent.key, cert: agent.certificatePem },
      ...{ clientId: agent.name, clean: false, protocolVersion: 4, reconnectPeriod: 0 },
    });
    second.on('message', (_topic, payload) => received.push(String(payload)));
    cleanups.unshift(() => void second.end(true));
    await vi.waitFor(() => expect(received).toEqual(['late']), { timeout: 5000 });
  });

  test('reports through Basic Ingest: the rule has the message before the acknowledgement, subscribers never', async () => {
    const agent = await enrol();
    const client = await connect(agent, agent.name);
    await client.publishAsync(`$aws/rules/snapshot/shop/shop_a/agent/${agent.name}`, '{"t":1}', { qos: 1 });
    expect(ruled).toEqual([
      {
        rule: 'snapshot',
        topic: `shop/shop_a/agent/${agent.name}`,
        payload: '{"t":1}',
        clientId: agent.name,
      },
    ]);
    await expect(client.subscribeAsync('$aws/rules/snapshot/#', { qos: 1 })).rejects.toThrow();
  });

  test('keeps a message that the rule could not take: no acknowledgement, the connection closes', async () => {
    const agent = await enrol();
    onRule = () => {
      throw new Error('disk full');
    };
    const client = await connect(agent, agent.name);
    const closed = closing(client);
    let acknowledged = false;
    client.publish(
      `$aws/rules/snapshot/shop/shop_a/agent/${agent.name}`,
      '{}',
      { qos: 1 },
      (error) => (acknowledged = !error),
    );
    await closed;
    expect(acknowledged).toBe(false);
  });

  test('is cut off when it publishes to a foreign topic, and nobody receives that', async () => {
    const [victim, attacker] = [await enrol(), await enrol()];
    const victimClient = await connect(victim, victim.name);
    const received: string[] = [];
    victimClient.on('message', (_topic, payload) => received.push(String(payload)));
    await victimClient.subscribeAsync(`shop/shop_a/agent/${victim.name}/+`, { qos: 1 });
    const client = await connect(attacker, attacker.name);
    const closed = closing(client);
    client.publish(`shop/shop_a/agent/${victim.name}/up`, 'forged', { qos: 1 }, () => undefined);
    await closed;
    await broker.publish(`shop/shop_a/agent/${victim.name}/up`, 'after', 1);
    await vi.waitFor(() => expect(received).toEqual(['after']));
    expect(presences.find((each) => each.clientId === attacker.name && !each.connected)?.reason).toBe(
      'FORBIDDEN_ACCESS',
    );
  });

  test.each(['#', 'shop/shop_a/agent/+/command', 'shop/shop_b/agent/x/command'])(
    'may not subscribe to %s',
    async (filter) => {
      const agent = await enrol();
      const client = await connect(agent, agent.name);
      await expect(client.subscribeAsync(filter, { qos: 1 })).rejects.toThrow();
    },
  );

  test('is refused without a certificate, or with one of another authority', async () => {
    await expect(connect({}, 'agent_x')).rejects.toThrow();
    const other = await certificateAuthority(openStore(mkdtempSync(join(tmpdir(), 'kerf-iot-'))));
    const request = await csr('agent_x');
    const { certificatePem } = await other.issue(request.csr);
    await expect(connect({ key: request.key, certificatePem }, 'agent_x')).rejects.toThrow();
  });

  test('is refused with a certificate that is not registered, or inactive', async () => {
    const request = await csr('agent_x');
    const { certificatePem } = await authority.issue(request.csr);
    await expect(connect({ key: request.key, certificatePem }, 'agent_x')).rejects.toThrow(/Not authorized/);
    const agent = await enrol();
    await control.send(
      new iot.UpdateCertificateCommand({ certificateId: agent.certificateId, newStatus: 'INACTIVE' }),
    );
    await expect(connect(agent, agent.name)).rejects.toThrow(/Not authorized/);
  });

  test('is refused under another client id, even that of an enrolled agent', async () => {
    const [agent, other] = [await enrol(), await enrol()];
    await expect(connect(agent, other.name)).rejects.toThrow(/Not authorized/);
    await expect(connect(agent, 'web-shop_a-1')).rejects.toThrow(/Not authorized/);
  });

  test('loses its connection at once when its certificate is revoked', async () => {
    const agent = await enrol();
    const client = await connect(agent, agent.name);
    const closed = closing(client);
    await control.send(
      new iot.UpdateCertificateCommand({ certificateId: agent.certificateId, newStatus: 'REVOKED' }),
    );
    await closed;
  });

  test('is ended by a second connection under its client id; presence tells both', async () => {
    const agent = await enrol();
    const first = await connect(agent, agent.name);
    const closed = closing(first);
    const second = await connect(agent, agent.name);
    await closed;
    expect(broker.connectedClientIds()).toEqual([agent.name]);
    await second.endAsync();
    await vi.waitFor(() =>
      expect(presences.map(({ connected, reason }) => [connected, reason])).toEqual([
        [true, undefined],
        [false, 'DUPLICATE_CLIENTID'],
        [true, undefined],
        [false, 'CLIENT_INITIATED_DISCONNECT'],
      ]),
    );
  });

  test('is cut off for QoS 2 and for a payload over 128 KB', async () => {
    const agent = await enrol();
    for (const [payload, qos] of [
      ['x', 2],
      ['x'.repeat(128 * 1024 + 1), 1],
    ] as const) {
      const client = await connect(agent, agent.name);
      const closed = closing(client);
      client.publish(`shop/shop_a/agent/${agent.name}/up`, payload, { qos }, () => undefined);
      await closed;
    }
  });
});

describe('a browser', () => {
  test("hears its shop's pokes after the authorizer admitted it", async () => {
    authorizer.mockResolvedValue(grantFor('shop_a', 'web-shop_a-1'));
    const client = await browser('web-shop_a-1');
    expect(authorizer.mock.calls[0]?.[0]).toMatchObject({
      protocols: ['mqtt', 'http'],
      signatureVerified: false,
      protocolData: {
        mqtt: {
          clientId: 'web-shop_a-1',
          username: 'web',
          password: Buffer.from('good-token').toString('base64'),
        },
      },
    });
    await client.subscribeAsync('shop/shop_a/staff/#', { qos: 1 });
    const message = nextMessage(client);
    await broker.publish('shop/shop_a/staff/job_1', '{}', 0);
    expect((await message).topic).toBe('shop/shop_a/staff/job_1');
    await expect(client.subscribeAsync('shop/shop_b/staff/#', { qos: 1 })).rejects.toThrow();
  });

  test('may not publish: the connection closes', async () => {
    authorizer.mockResolvedValue(grantFor('shop_a', 'web-shop_a-1'));
    const client = await browser('web-shop_a-1');
    const closed = closing(client);
    client.publish('shop/shop_a/staff/job_1', 'forged', { qos: 0 });
    await closed;
  });

  test.each([
    ['a forged token', async () => ({ isAuthenticated: false })],
    ['an authorizer that fails', async () => Promise.reject(new Error('boom'))],
    ['an answer without policies', async () => ({ isAuthenticated: true })],
    ['a client id that the policies do not name', async () => grantFor('shop_a', 'web-shop_a-2')],
  ])('is refused for %s', async (_name, answer) => {
    authorizer.mockImplementation(answer);
    await expect(browser('web-shop_a-1', 'forged')).rejects.toThrow(/Not authorized/);
  });

  test('is disconnected when its time is over, and when a refresh is refused', async () => {
    authorizer.mockResolvedValue(grantFor('shop_a', 'web-shop_a-1'));
    for (const milliseconds of [3_600_000, 300_000]) {
      const client = await browser('web-shop_a-1');
      const closed = closing(client);
      authorizer.mockResolvedValueOnce({ isAuthenticated: false });
      timers.findLast((timer) => timer.milliseconds === milliseconds)?.work();
      await closed;
      authorizer.mockReset().mockResolvedValue(grantFor('shop_a', 'web-shop_a-1'));
    }
  });
});

test('the data plane refuses reserved, wildcard and oversized messages', async () => {
  const publish = (topic: string, payload = 'x') =>
    data.send(new PublishCommand({ topic, payload: Buffer.from(payload) }));
  for (const topic of ['$SYS/x', 'a/#', 'x'.repeat(257), 'a/b/c/d/e/f/g/h/i'])
    await expect(publish(topic)).rejects.toMatchObject({ name: 'InvalidRequestException' });
  await expect(publish('a', 'x'.repeat(128 * 1024 + 1))).rejects.toMatchObject({
    name: 'RequestEntityTooLargeException',
  });
});

test('the authority, things and certificates survive a kill -9', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kerf-iot-kill-'));
  const request = await csr('agent_k');
  const modules = ['../engine/store.ts', './registry.ts', './ca.ts'].map((path) =>
    JSON.stringify(import.meta.resolve(path)),
  );
  const script = `const [{ openStore }, { iotRegistry }, { certificateAuthority }] = await Promise.all([${modules.map((each) => `import(${each})`).join(',')}]);
    const store = openStore(process.argv[1]);
    const registry = iotRegistry(store, ${JSON.stringify(place)});
    const { certificateId, certificatePem } = await (await certificateAuthority(store)).issue(${JSON.stringify(request.csr)});
    registry.addCertificate({ id: certificateId, pem: certificatePem, status: 'ACTIVE' });
    registry.createThing('agent_k', { shopId: 'shop_a' });
    registry.attachThing('agent_k', registry.arn('cert', certificateId));
    console.log(JSON.stringify({ certificateId, certificatePem }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const dead = once(child, 'exit');
  child.kill('SIGKILL');
  await dead;
  const { certificateId, certificatePem } = JSON.parse(String(line)) as {
    certificateId: string;
    certificatePem: string;
  };
  const reopened = openStore(dir);
  const kept = iotRegistry(reopened, place);
  expect(kept.isAttached('agent_k', certificateId)).toBe(true);
  const root = new x509.X509Certificate((await certificateAuthority(reopened)).rootPem);
  expect(
    await new x509.X509Certificate(certificatePem).verify({ publicKey: root, signatureOnly: true }),
  ).toBe(true);
});
