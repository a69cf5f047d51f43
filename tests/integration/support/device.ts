import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import mqtt, { type MqttClient } from 'mqtt';
import type * as z from 'zod';
import type { Call } from '#contract/client.ts';
import type { OutOf } from '#contract/route.ts';
import type { CommandState } from '#domain/machine/command.ts';
import type { RunFact } from '#domain/run/run.ts';
import { ackMessage, printCommand, topics, type MachineSnapshot, type PrintCommand } from '#contract/mqtt.ts';
import { createClaim, enrolAgent, type MachineView } from '#contract/routes/farm.ts';
import { callerOf, until, type Instance } from '../../../scripts/walk/instance.ts';
import { addPrinter } from '../../../scripts/walk/farm.ts';

/** An agent driven by hand: it connects as a real one does, and says exactly what the test tells it to say. */
export interface Device {
  agentId: string;
  /** Every print command, as often as it came. */
  commands: PrintCommand[];
  /** The highest number of a fact that the cloud has stored. */
  acked(): number;
  commandFor(runId: string): Promise<PrintCommand>;
  answer(commandId: string, state: CommandState, reason?: string): Promise<void>;
  /** Sends a fact under the next number and resolves when it is acknowledged. */
  tell(fact: RunFact): Promise<void>;
  /** Sends a fact under a number of the test's choice; does not wait. */
  send(seq: number, fact: RunFact): Promise<void>;
  snapshot(machines: MachineSnapshot[]): Promise<void>;
  /** Opens a second connection with the same certificate in place of the first. */
  reconnected(): Promise<void>;
  close(): Promise<void>;
}

const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A printer of the usual size with a device behind it. */
export async function printerWithDevice(
  instance: Instance,
  owner: Call,
): Promise<{ printer: MachineView; device: Device }> {
  const printer = await addPrinter(owner);
  return { printer, device: await enrolDevice(instance, owner, [printer.id]) };
}

/** What an agent has after it was let in, and the private key of its certificate. */
export type EnrolledDevice = OutOf<typeof enrolAgent> & { key: string };

/** Enrols with a claim code and a key of its own. */
export async function enrol(instance: Instance, owner: Call, machineIds: string[]): Promise<EnrolledDevice> {
  const { code } = await owner(createClaim, { body: { machineIds } });
  const keys = await crypto.subtle.generateKey(curve, true, ['sign', 'verify']);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: 'CN=kerf-agent',
    keys,
    signingAlgorithm: curve,
  });
  const key = x509.PemConverter.encode(
    await crypto.subtle.exportKey('pkcs8', keys.privateKey),
    'PRIVATE KEY',
  );
  const enrolled = await callerOf(instance, { kind: 'none' })(enrolAgent, {
    body: { code, csr: request.toString('pem') },
  });
  return { ...enrolled, key };
}

/** Connects with the certificate; under another client id, if one is given. */
export const connectAs = (
  { agentId, key, certificate, authority, endpoint }: EnrolledDevice,
  { clientId = agentId, reconnectPeriod = 0 } = {},
): Promise<MqttClient> =>
  mqtt.connectAsync(`mqtts://${endpoint}`, {
    clientId,
    key,
    cert: certificate,
    ca: authority,
    reconnectPeriod,
    connectTimeout: 3000,
  });

/** Enrols and connects. */
export async function enrolDevice(instance: Instance, owner: Call, machineIds: string[]): Promise<Device> {
  const enrolled = await enrol(instance, owner, machineIds);
  const { agentId, shopId } = enrolled;
  const client = await connectAs(enrolled, { reconnectPeriod: 200 });
  const commands: PrintCommand[] = [];
  let acked = 0;
  let seq = 0;
  client.on('message', (topic, payload) => {
    const read = <T extends z.ZodType>(schema: T) => schema.parse(JSON.parse(payload.toString('utf8')));
    if (topic === topics.commands(shopId, agentId)) commands.push(read(printCommand));
    else acked = Math.max(acked, read(ackMessage).seq);
  });
  await client.subscribeAsync([topics.commands(shopId, agentId), topics.acks(shopId, agentId)], { qos: 1 });
  const publish = async (rule: Parameters<typeof topics.ingest>[0], message: object) => {
    await client.publishAsync(topics.ingest(rule, enrolled), JSON.stringify(message), { qos: 1 });
  };
  const device: Device = {
    agentId,
    commands,
    acked: () => acked,
    commandFor: (runId) =>
      until(`the command for ${runId}`, async () => commands.find((each) => each.runId === runId)),
    answer: (commandId, state, reason) =>
      publish('answer', { commandId, state, ...(reason === undefined ? {} : { reason }) }),
    async tell(fact) {
      const number = ++seq;
      await publish('fact', { seq: number, fact });
      await until(`the acknowledgement of fact ${number}`, async () => acked >= number);
    },
    send: (number, fact) => publish('fact', { seq: number, fact }),
    snapshot: (machines) => publish('snapshot', { at: new Date().toISOString(), machines }),
    async reconnected() {
      await client.endAsync(true);
      await (await connectAs(enrolled)).endAsync(true);
    },
    async close() {
      await client.endAsync(true);
    },
  };
  return device;
}

/** Takes the run's command and reports the print as done at once. */
export async function print(device: Device, runId: string): Promise<void> {
  const command = await device.commandFor(runId);
  await device.answer(command.id, 'accepted');
  const at = new Date().toISOString();
  await device.tell({ kind: 'started', runId, at });
  await device.tell({
    kind: 'finished',
    runId,
    at,
    seconds: command.estimatedSeconds,
    grams: command.estimatedGrams,
  });
}
