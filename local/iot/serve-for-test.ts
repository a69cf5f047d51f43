import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { administrator } from '../iam/principals.ts';
import { WireError } from '../wire/service.ts';
import type { WireService } from '../wire/service.ts';

/** Serves one service to the real SDK client in tests that are not about signatures. */
export async function serveForTest(service: WireService): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const { method = 'GET', headers } = request;
      service
        .handle({
          method,
          path: url.pathname,
          query: url.searchParams,
          headers,
          body: Buffer.concat(chunks),
          operation: '',
          principal: administrator,
          requestId: 'test',
        })
        .then(
          (answer) => response.writeHead(answer.status, answer.headers).end(answer.body),
          (error: unknown) => {
            const { status, code, message } =
              error instanceof WireError ? error : new WireError(500, 'InternalFailure', String(error));
            response
              .writeHead(status, { 'x-amzn-errortype': code })
              .end(JSON.stringify({ __type: code, message }));
          },
        );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
