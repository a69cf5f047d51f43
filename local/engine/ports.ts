import { randomInt } from 'node:crypto';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Store } from './store.ts';

/** Where the parts of the embedded cloud listen, all on 127.0.0.1. */
export const portNames = ['web', 'aws', 's3', 'dynamodb', 'agents', 'payments'] as const;
export type Ports = Record<(typeof portNames)[number], number>;

/**
 * The ports of this data folder: agents and mailed links know them, so they are chosen once and kept.
 * @param first the web port, the others follow it; 0 takes free ones; undefined keeps what the folder has, or begins at 4300
 */
export async function choosePorts(store: Store, first?: number): Promise<Ports> {
  store.exec('CREATE TABLE IF NOT EXISTS ports (name TEXT PRIMARY KEY, port INTEGER NOT NULL)');
  const rows = store.prepare('SELECT name, port FROM ports').all() as { name: string; port: number }[];
  const kept = Object.fromEntries(rows.map(({ name, port }) => [name, port])) as Partial<Ports>;
  if (
    portNames.every((name) => kept[name] !== undefined) &&
    (first === undefined || first === 0 || first === kept.web)
  )
    return kept as Ports;

  const numbers =
    first === 0 ? await freePorts(portNames.length) : portNames.map((_, index) => (first ?? 4300) + index);
  const ports = Object.fromEntries(portNames.map((name, index) => [name, numbers[index] ?? 0])) as Ports;
  for (const name of portNames)
    store.prepare('INSERT OR REPLACE INTO ports (name, port) VALUES (?, ?)').run(name, ports[name]);
  return ports;
}

/**
 * Below what systems hand out for outgoing connections (Linux from 32768, others from 49152), where a port that is to be kept over a
 * restart could be another's by then.
 */
const lowestPort = 10_240;
const highestPort = 32_767;
const mostTries = 100;

/** Free at the moment of asking; all are held until the last is found, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  for (let attempt = 0; servers.length < count && attempt < mostTries; attempt += 1) {
    const server = await listening(randomInt(lowestPort, highestPort + 1));
    if (server) servers.push(server);
  }
  const numbers = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  if (numbers.length < count)
    throw new Error(`No ${count} free ports were found between ${lowestPort} and ${highestPort}.`);
  return numbers;
}

const listening = (port: number): Promise<Server | undefined> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
