import mqtt from 'mqtt';
import { topics } from '#contract/mqtt.ts';
import type { Identity } from './identity.ts';

const connectMilliseconds = 15_000;
const publishMilliseconds = 10_000;
const firstRetryMilliseconds = 300;
const shortestRetryMilliseconds = 2000;
const longestRetryMilliseconds = 30_000;
/** A connection that held this long makes the next retry a fast one. Also: what comes later did not wait in the broker's queue. */
const settledMilliseconds = 5000;

/** The agent's one connection to the cloud: it dials out, nothing dials in. */
export interface Uplink {
  isConnected(): boolean;
  /** Publishes JSON at QoS 1; resolves when the broker has it. Rejects without a connection or an answer. */
  publish(topic: string, message: unknown): Promise<void>;
  /** Says goodbye to the broker. */
  close(): Promise<void>;
}

export interface UplinkListeners {
  /** The broker takes the message as delivered when this returns, so what matters is on disk by then. `live`: it was sent just now. */
  onCommand(payload: string, live: boolean): void;
  onAck(payload: string): void;
  /** Connected and subscribed. */
  onReady(): void;
  log(line: string): void;
}

/** Milliseconds to wait before a try; `failures` in a row so far, `random` 0..1. */
export function retryDelay(failures: number, random: number): number {
  if (failures === 0) return firstRetryMilliseconds * (1 + random);
  const ceiling = Math.min(longestRetryMilliseconds, shortestRetryMilliseconds * 2 ** failures);
  return shortestRetryMilliseconds + random * (ceiling - shortestRetryMilliseconds);
}

/** Connects and stays connected until closed. */
export function openUplink(identity: Identity, listeners: UplinkListeners): Uplink {
  const { agentId, shopId } = identity;
  const { host, port } = hostAndPort(identity.endpoint);
  const commands = topics.commands(shopId, agentId);
  const acks = topics.acks(shopId, agentId);
  const client = mqtt.connect({
    protocol: 'mqtts',
    host,
    port,
    // Names only: an IP address is not allowed as SNI.
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    key: identity.key,
    cert: identity.certificate,
    ca: identity.authority,
    rejectUnauthorized: true,
    clientId: agentId,
    protocolVersion: 4,
    clean: false,
    keepalive: 30,
    connectTimeout: connectMilliseconds,
    // Retries and subscriptions are made here, with backoff and with the broker's refusals heard.
    reconnectPeriod: 0,
    resubscribe: false,
  });
  let closing = false;
  let failures = 0;
  let connectedAt: number | undefined;
  let retry: NodeJS.Timeout | undefined;
  let lastTrouble = '';

  const trouble = (line: string) => {
    if (line !== lastTrouble) listeners.log(line);
    lastTrouble = line;
  };
  const age = () => (connectedAt === undefined ? 0 : performance.now() - connectedAt);

  client.on('connect', () => {
    connectedAt = performance.now();
    client.subscribe([commands, acks], { qos: 1 }, (error, granted) => {
      if (closing) return;
      const refused = error !== null || (granted ?? []).some(({ qos }) => qos >= 128);
      if (refused) {
        trouble('The broker refused the subscription to this agent’s own topics. Was the agent removed?');
        client.stream.destroy();
        return;
      }
      lastTrouble = '';
      listeners.log(`Connected to ${identity.endpoint} as ${agentId}.`);
      listeners.onReady();
    });
  });
  client.on('message', (topic, payload) => {
    if (topic === commands) listeners.onCommand(payload.toString(), age() > settledMilliseconds);
    else if (topic === acks) listeners.onAck(payload.toString());
  });
  client.on('error', (error) => trouble(explained(error, identity.endpoint)));
  client.on('close', () => {
    const held = age() > settledMilliseconds;
    if (connectedAt !== undefined && !closing) trouble('The connection was lost; connecting again.');
    connectedAt = undefined;
    if (closing) return;
    const delay = retryDelay(held ? 0 : failures, Math.random());
    failures = held ? 1 : failures + 1;
    clearTimeout(retry);
    retry = setTimeout(() => client.reconnect(), delay);
  });

  return {
    isConnected: () => client.connected,
    publish(topic, message) {
      if (!client.connected) return Promise.reject(new Error('There is no connection.'));
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('The broker does not answer.')), publishMilliseconds);
        client.publish(topic, JSON.stringify(message), { qos: 1 }, (error) => {
          clearTimeout(late);
          if (error) reject(error);
          else resolve();
        });
      });
    },
    async close() {
      closing = true;
      clearTimeout(retry);
      await Promise.race([
        client.endAsync(!client.connected),
        new Promise((resolve) => setTimeout(resolve, 2000).unref()),
      ]);
    },
  };
}

function hostAndPort(endpoint: string): { host: string; port: number } {
  const url = URL.canParse(`mqtts://${endpoint}`) ? new URL(`mqtts://${endpoint}`) : undefined;
  if (!url?.hostname) throw new Error(`The endpoint ${endpoint} is not of the form host:port. Enrol again.`);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 8883) };
}

function explained(error: Error, endpoint: string): string {
  const code = 'code' in error ? String(error.code) : '';
  if (code === '5' || /not authorized/i.test(error.message))
    return 'The broker refused this agent: its certificate is not active any more. Remove the agent in Kerf and enrol it again.';
  if (code.startsWith('ERR_SSL') || /certificate/i.test(error.message))
    return `TLS with ${endpoint} failed (${error.message}). The certificate or the authority is wrong; enrol again if this lasts.`;
  return `${endpoint} can not be reached (${error.message || code}). Trying again.`;
}
