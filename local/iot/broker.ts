import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer, TLSSocket } from 'node:tls';
import { Aedes } from 'aedes';
import type { AedesOptions, AuthenticateError, Client } from 'aedes';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { authorizerEvent, readGrant } from './authorizer.ts';
import type { AuthorizerEvent, Grant } from './authorizer.ts';
import { certificateIdOf } from './ca.ts';
import type { CertificateAuthority } from './ca.ts';
import { basicIngest, MAX_PAYLOAD_BYTES, topicFault } from './limits.ts';
import { policyAllows } from './policy.ts';
import type { ConnectionFacts, IotAction, IotPolicy } from './policy.ts';
import type { IotRegistry } from './registry.ts';

const AUTHORIZER_MILLISECONDS = 5000;
const MAX_CLIENT_ID_BYTES = 128;

export interface Presence {
  clientId: string;
  connected: boolean;
  at: Date;
  /** AWS IoT's disconnectReason; undefined on a connect. */
  reason: string | undefined;
}

export interface BrokerOptions {
  registry: IotRegistry;
  authority: CertificateAuthority;
  /** Port of the TLS listener for agents; 0 takes a free one. */
  tlsPort: number;
  /** Invokes the custom authorizer of browser connections. */
  authorize: (event: AuthorizerEvent) => Promise<unknown>;
  /** A Basic Ingest message. The message is acknowledged only after this returned; if it throws, the connection closes without a PUBACK. */
  onRule: (rule: string, topic: string, payload: Buffer, from: { clientId: string | undefined }) => void;
  onPresence: (presence: Presence) => void;
  /** Runs `work` later and gives a way to cancel it; the default is a timer of real time. */
  later?: (milliseconds: number, work: () => void) => () => void;
}

export interface Broker {
  tlsPort: number;
  /** MQTT over WebSocket for browsers, to be called on the HTTP server's `upgrade` event for the path /mqtt. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  publish(topic: string, payload: Buffer | string, qos: 0 | 1): Promise<void>;
  /** Closes a client's connection; false when it has none. */
  disconnect(clientId: string): boolean;
  connectedClientIds(): string[];
  close(): Promise<void>;
}

type Identity =
  { kind: 'device'; certificateId: string } | { kind: 'browser'; grant: Grant; cancel: () => void };

function timer(milliseconds: number, work: () => void): () => void {
  const handle = setTimeout(work, milliseconds);
  handle.unref();
  return () => clearTimeout(handle);
}

/** AWS IoT's message broker for one machine: agents by certificate over TLS, browsers by custom authorizer over WebSocket. MQTT 3.1.1, QoS 0 and 1. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { registry, authority } = options;
  const later = options.later ?? timer;
  const identities = new WeakMap<Client, Identity>();
  const live = new Map<string, Client>();
  const reasons = new WeakMap<Client, string>();

  function facts(client: Client): { policies: IotPolicy[]; facts: ConnectionFacts } {
    const identity = identities.get(client);
    const clientId = client.id;
    if (!identity) return { policies: [], facts: { clientId } };
    if (identity.kind === 'browser') return { policies: identity.grant.policies, facts: { clientId } };
    const thing = registry.isAttached(clientId, identity.certificateId)
      ? registry.findThing(clientId)
      : undefined;
    return {
      policies: registry.policiesOf(identity.certificateId),
      facts: { clientId, ...(thing ? { thing } : {}) },
    };
  }

  function may(
    client: Client,
    action: IotAction,
    kind: 'client' | 'topic' | 'topicfilter',
    name: string,
  ): boolean {
    const who = facts(client);
    return policyAllows(who.policies, action, registry.arn(kind, name), who.facts);
  }

  function drop(client: Client, reason: string): void {
    if (!reasons.has(client)) reasons.set(client, reason);
    client.close();
  }

  function deviceIdentity(socket: TLSSocket): Identity | undefined {
    const peer = socket.getPeerCertificate();
    const certificateId = peer.raw instanceof Buffer ? certificateIdOf(peer.raw) : '';
    return registry.findCertificate(certificateId)?.status === 'ACTIVE'
      ? { kind: 'device', certificateId }
      : undefined;
  }

  async function browserIdentity(
    client: Client,
    request: IncomingMessage,
    username: string | undefined,
    password: Buffer | undefined,
  ): Promise<Identity> {
    const queryString = new URL(request.url ?? '/', 'http://localhost').search.slice(1);
    const connection = {
      connectionId: randomUUID(),
      clientId: client.id,
      username,
      password,
      headers: request.headers,
      queryString,
    };
    const ask = async () => readGrant(await withinTime(options.authorize(authorizerEvent(connection))));
    const cancels: (() => void)[] = [];
    const identity = {
      kind: 'browser' as const,
      grant: await ask(),
      cancel: () => cancels.forEach((cancel) => cancel()),
    };
    const refresh = () => {
      void ask().then(
        (grant) => {
          identity.grant = grant;
          if (!client.closed) cancels.push(later(grant.refreshAfterInSeconds * 1000, refresh));
        },
        () => drop(client, 'AUTH_ERROR'),
      );
    };
    cancels.push(
      later(identity.grant.disconnectAfterInSeconds * 1000, () => drop(client, 'CUSTOMAUTH_TTL_EXPIRATION')),
      later(identity.grant.refreshAfterInSeconds * 1000, refresh),
    );
    return identity;
  }

  /** Throws when the connection is refused. */
  async function admit(
    client: Client,
    username: string | undefined,
    password: Buffer | undefined,
  ): Promise<void> {
    if (Buffer.byteLength(client.id) > MAX_CLIENT_ID_BYTES)
      throw new Error(`The client id is longer than ${MAX_CLIENT_ID_BYTES} bytes.`);
    const socket = client.conn;
    const identity =
      socket instanceof TLSSocket
        ? deviceIdentity(socket)
        : client.req && (await browserIdentity(client, client.req, username, password));
    if (!identity) throw new Error('The certificate is not registered and active.');
    identities.set(client, identity);
    if (!may(client, 'iot:Connect', 'client', client.id)) {
      if (identity.kind === 'browser') identity.cancel();
      throw new Error(`No policy lets this principal connect as ${client.id}.`);
    }
    // A second connection under one client id ends the first, as on AWS.
    const former = live.get(client.id);
    if (former) reasons.set(former, 'DUPLICATE_CLIENTID');
  }

  const refuse = (client: Client, reason: string, message: string) => {
    if (!reasons.has(client)) reasons.set(client, reason);
    return new Error(message);
  };

  const authenticate: AedesOptions['authenticate'] = (client, username, password, done) => {
    admit(client, username, password).then(
      () => done(null, true),
      (error: unknown) => done(notAuthorized(error), false),
    );
  };

  const authorizePublish: AedesOptions['authorizePublish'] = (client, packet, done) => {
    if (!client) return done(null);
    const fault = packet.qos === 2 ? 'QoS 2 is not supported.' : topicFault(packet.topic);
    if (fault !== undefined) return done(refuse(client, 'CLIENT_ERROR', fault));
    const payload = Buffer.from(packet.payload);
    if (payload.length > MAX_PAYLOAD_BYTES)
      return done(refuse(client, 'CLIENT_ERROR', `The payload is larger than ${MAX_PAYLOAD_BYTES} bytes.`));
    const allowed =
      may(client, 'iot:Publish', 'topic', packet.topic) &&
      (!packet.retain || may(client, 'iot:RetainPublish', 'topic', packet.topic));
    if (!allowed)
      return done(
        refuse(client, 'FORBIDDEN_ACCESS', `No policy lets ${client.id} publish to ${packet.topic}.`),
      );
    const ingest = basicIngest(packet.topic);
    if (!ingest) return done(null);
    packet.retain = false;
    try {
      options.onRule(ingest.rule, ingest.topic, payload, { clientId: client.id });
    } catch (error) {
      return done(
        refuse(
          client,
          'SERVER_ERROR',
          `The rule ${ingest.rule} could not take the message: ${String(error)}`,
        ),
      );
    }
    done(null);
  };

  const aedes = await Aedes.createBroker({
    id: 'kerf',
    maxClientsIdLength: MAX_CLIENT_ID_BYTES,
    authenticate,
    authorizePublish,
    // A null subscription becomes the failure code 0x80 of the SUBACK.
    authorizeSubscribe: (client, subscription, done) => {
      const { topic } = subscription;
      const allowed =
        topicFault(topic) === undefined &&
        !topic.startsWith('$') &&
        may(client, 'iot:Subscribe', 'topicfilter', topic);
      done(null, allowed ? { ...subscription, qos: subscription.qos === 2 ? 1 : subscription.qos } : null);
    },
    authorizeForward: (client, packet) =>
      packet.topic.startsWith('$') || !may(client, 'iot:Receive', 'topic', packet.topic) ? null : packet,
  });

  aedes.on('clientReady', (client) => {
    live.set(client.id, client);
    options.onPresence({ clientId: client.id, connected: true, at: new Date(), reason: undefined });
  });
  aedes.on('keepaliveTimeout', (client) => void refuse(client, 'MQTT_KEEP_ALIVE_TIMEOUT', ''));
  aedes.on('clientDisconnect', (client) => {
    const identity = identities.get(client);
    if (identity?.kind === 'browser') identity.cancel();
    if (live.get(client.id) === client) live.delete(client.id);
    const clean = (client as Client & { _disconnected?: boolean })._disconnected === true;
    const reason = reasons.get(client) ?? (clean ? 'CLIENT_INITIATED_DISCONNECT' : 'CONNECTION_LOST');
    options.onPresence({ clientId: client.id, connected: false, at: new Date(), reason });
  });
  registry.onCertificateClosed((certificateId) => {
    for (const client of live.values()) {
      const identity = identities.get(client);
      if (identity?.kind === 'device' && identity.certificateId === certificateId)
        drop(client, 'FORBIDDEN_ACCESS');
    }
  });

  const { key, cert } = authority.server;
  const tls = createServer(
    { key, cert, ca: authority.rootPem, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    (socket) => {
      aedes.handle(socket);
    },
  );
  await new Promise<void>((resolve, reject) => {
    tls.once('error', reject);
    tls.listen(options.tlsPort, '127.0.0.1', resolve);
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 2 * MAX_PAYLOAD_BYTES,
    handleProtocols: (protocols) => (protocols.has('mqtt') ? 'mqtt' : false),
  });

  return {
    tlsPort: (tls.address() as AddressInfo).port,
    handleUpgrade(request, socket, head) {
      sockets.handleUpgrade(request, socket, head, (webSocket) =>
        aedes.handle(createWebSocketStream(webSocket), request),
      );
    },
    async publish(topic, payload, qos) {
      const bytes = Buffer.from(payload);
      const ingest = basicIngest(topic);
      if (ingest) return options.onRule(ingest.rule, ingest.topic, bytes, { clientId: undefined });
      const packet = { cmd: 'publish' as const, topic, payload: bytes, qos, retain: false, dup: false };
      await new Promise<void>((resolve, reject) =>
        aedes.publish(packet, (error) => (error ? reject(error) : resolve())),
      );
    },
    disconnect(clientId) {
      const client = live.get(clientId);
      if (client) drop(client, 'SERVER_INITIATED_DISCONNECT');
      return client !== undefined;
    },
    connectedClientIds: () => [...live.keys()],
    async close() {
      for (const client of live.values()) reasons.set(client, 'SERVER_INITIATED_DISCONNECT');
      await new Promise<void>((resolve) => aedes.close(resolve));
      sockets.close();
      await new Promise<void>((resolve) => tls.close(() => resolve()));
    },
  };
}

function notAuthorized(cause: unknown): AuthenticateError {
  return Object.assign(new Error('Not authorized', { cause }), { returnCode: 5 });
}

function withinTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const handle = setTimeout(
      () => reject(new Error(`The authorizer took longer than ${AUTHORIZER_MILLISECONDS} ms.`)),
      AUTHORIZER_MILLISECONDS,
    );
    work.then(resolve, reject).finally(() => clearTimeout(handle));
  });
}
