import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RunningServer {
  port: number;
  /** `http://127.0.0.1:<port>`: an IP address, so that the SDK needs no virtual host names. */
  url: string;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1; port 0 takes a free one. Rejects when the port is taken. */
export async function listenLocally(server: Server, port: number): Promise<RunningServer> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    port: bound,
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const MOST_DRAINED_BYTES = 256 * 1024 * 1024;

/** Reads what is left of a refused request, so that its sender gets to see the answer instead of a reset. */
export async function drain(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return;
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += (chunk as Buffer).length;
      if (size > MOST_DRAINED_BYTES) return;
    }
  } catch {
    // The sender went away by itself.
  }
}
