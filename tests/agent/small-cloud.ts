import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ulid } from 'ulid';
import {
  agentPolicyDocument,
  answerMessage,
  factMessage,
  ruleName,
  snapshotMessage,
  topics,
  type AnswerMessage,
  type FactMessage,
  type PrintCommand,
  type SnapshotMessage,
} from '#contract/mqtt.ts';
import { enrolAgent } from '#contract/routes/farm.ts';
import { openStore } from '#local/engine/store.ts';
import { startBroker, type Broker } from '#local/iot/broker.ts';
import { certificateAuthority } from '#local/iot/ca.ts';
import { iotRegistry } from '#local/iot/registry.ts';

const main = fileURLToPath(new URL('../../agent/main.ts', import.meta.url));
const place = { region: 'us-east-1', accountId: '000000000000' };

/** A fresh id of the contract's form. */
export const newId = (prefix: string) => `${prefix}_${ulid().toLowerCase()}`;

const policyName = 'kerf-test-agent';
const rulePrefix = 'kerf_test';

/** What an agent speaks to: enrolment, file server and the laptop's own broker with its certificate authority. */
export async function smallCloud() {
  const dir = mkdtempSync(join(tmpdir(), 'kerf-agent-'));
  const store = openStore(join(dir, 'cloud'));
  const registry = iotRegistry(store, place);
  const authority = await certificateAuthority(store);
  registry.createPolicy(
    policyName,
    JSON.stringify(agentPolicyDocument(place.region, place.accountId, rulePrefix)),
  );
  const shopId = newId('shop');
  const machineId = newId('mac');
  const heard = {
    facts: [] as FactMessage[],
    answers: [] as AnswerMessage[],
    snapshots: [] as SnapshotMessage[],
    csrs: [] as string[],
    downloads: 0,
  };
  const files = new Map<string, Buffer>();
  const behaviour = {
    acknowledge: true,
    /** Answers of this state are not taken. */
    refusedAnswer: undefined as AnswerMessage['state'] | undefined,
  };
  let broker: Broker;
  const open = async (tlsPort: number) =>
    startBroker({
      registry,
      authority,
      tlsPort,
      authorize: async () => undefined,
      onPresence: () => undefined,
      onRule(rule, topic, payload, { clientId }) {
        const agentId = String(clientId);
        const message: unknown = JSON.parse(payload.toString());
        if (topic !== `agent/${agentId}`) throw new Error(`${topic} is not the agent's own`);
        if (rule === ruleName(rulePrefix, 'snapshot')) heard.snapshots.push(snapshotMessage.parse(message));
        else if (rule === ruleName(rulePrefix, 'answer')) {
          const answer = answerMessage.parse(message);
          if (answer.state === behaviour.refusedAnswer) throw new Error('The queue is away.');
          heard.answers.push(answer);
        } else {
          const fact = factMessage.parse(message);
          heard.facts.push(fact);
          if (behaviour.acknowledge) void acknowledge(agentId, fact.seq);
        }
      },
    });
  const acknowledge = (agentId: string, seq: number) =>
    broker.publish(topics.acks(shopId, agentId), JSON.stringify({ seq }), 1);
  broker = await open(0);
  const port = broker.tlsPort;

  const web = createServer((request, response) => {
    const path = request.url ?? '';
    if (request.method === 'GET') {
      const file = files.get(path);
      heard.downloads += 1;
      return response.writeHead(file ? 200 : 404).end(file);
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { code, csr } = enrolAgent.body.parse(JSON.parse(Buffer.concat(chunks).toString()));
      if (path !== enrolAgent.path || code !== 'GOOD-CODE') {
        const detail = 'This code is wrong, used or over. Make a new one under Machines.';
        return response.writeHead(401, { 'content-type': 'application/problem+json' }).end(
          JSON.stringify({
            type: 'about:blank',
            title: 'x',
            status: 401,
            code: 'unauthenticated',
            detail,
            requestId: 'r',
          }),
        );
      }
      heard.csrs.push(csr);
      void authority.issue(csr).then(({ certificateId, certificatePem }) => {
        const agentId = newId('agt');
        const certificate = registry.addCertificate({
          id: certificateId,
          pem: certificatePem,
          status: 'ACTIVE',
        });
        registry.createThing(agentId, { shopId });
        registry.attachThing(agentId, registry.arn('cert', certificate.id));
        registry.attachPolicy(policyName, registry.arn('cert', certificate.id));
        const answer = {
          agentId,
          shopId,
          certificate: certificatePem,
          authority: authority.rootPem,
          endpoint: `127.0.0.1:${port}`,
          rulePrefix,
          heartbeatSeconds: 1,
          machines: [{ id: machineId, name: 'Prusa 1' }],
        };
        response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const children = new Set<ChildProcess>();

  return {
    url,
    dir: join(dir, 'agent'),
    shopId,
    machineId,
    heard,
    behaviour,
    registry,
    connected: () => broker.connectedClientIds(),
    stopBroker: () => broker.close(),
    async startBroker() {
      broker = await open(port);
    },
    acknowledge,
    send: (agentId: string, command: unknown) =>
      broker.publish(topics.commands(shopId, agentId), JSON.stringify(command), 1),
    /** A print of a served file. At the agent's default test speed it lasts `seconds`. */
    command(seconds: number, changes: Partial<PrintCommand> = {}): PrintCommand {
      const body = Buffer.from(`solid ${newId('file')}`);
      const path = `/files/${newId('file')}`;
      files.set(path, body);
      const sha256 = createHash('sha256').update(body).digest('hex');
      const now = Date.now();
      return {
        id: newId('cmd'),
        kind: 'print',
        machineId,
        runId: newId('run'),
        quantity: 1,
        file: { name: 'part.stl', url: url + path, sha256, bytes: body.length },
        estimatedSeconds: seconds * 60,
        estimatedGrams: 20,
        issuedAt: new Date(now).toISOString(),
        expiresAt: new Date(now + 600_000).toISOString(),
        ...changes,
      };
    },
    /** Starts the agent as a process of its own. */
    agent(...args: string[]) {
      const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
      children.add(child);
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
      const exit = once(child, 'exit').then(([code]) => code as number | null);
      return {
        output: () => output,
        exit,
        async end(signal: NodeJS.Signals) {
          child.kill(signal);
          return exit;
        },
      };
    },
    async close() {
      for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
      await broker.close();
      web.closeAllConnections();
      web.close();
      store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
