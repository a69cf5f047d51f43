import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Mailbox } from '../wire/mailbox.ts';
import { handleMailbox } from '../wire/mailbox-page.ts';
import { control, type Controls } from './controls.ts';
import { handleApi, type ApiOptions } from './http-api.ts';
import { parseJson } from './json.ts';
import { servePage } from './pages.ts';

export interface WebServerOptions {
  api: ApiOptions;
  mail: Mailbox;
  controls: Controls;
  /** Folder of the built pages. */
  pages: string;
  /** Takes over WebSocket connections to /mqtt. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  onError: (where: string, error: unknown) => void;
}

/** One origin for browsers, as the CDN makes it: /v1 the API, /mqtt live updates, pages for the rest, and /_local our own switches. */
export function webServer(options: WebServerOptions): Server {
  const server = createServer((request, response) => {
    answer(request, response, options).catch((error: unknown) => {
      options.onError('gateway', error);
      if (!response.headersSent) response.writeHead(500).end();
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if ((request.url ?? '').split('?')[0] === '/mqtt') options.upgrade(request, socket, head);
    else socket.destroy();
  });
  // Too long an address or too many headers: Node would answer without a word, the gateway says what is wrong.
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return;
    const [status, words] =
      error.code === 'HPE_HEADER_OVERFLOW' ? [431, 'Request Header Fields Too Large'] : [400, 'Bad Request'];
    const body = JSON.stringify({ message: words });
    socket.end(
      `HTTP/1.1 ${status} ${words}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
  });
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: WebServerOptions,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname.startsWith('/v1/')) return handleApi(request, response, options.api);
  if (pathname.startsWith('/_local/') && !fromHere(request)) {
    response
      .writeHead(403, { 'content-type': 'text/plain' })
      .end('Only pages of this installation may use its switches.\n');
    return;
  }
  if (pathname.startsWith('/_local/mail')) {
    const page = handleMailbox(options.mail, pathname, searchParams);
    response.writeHead(page.status, page.headers).end(page.body);
    return;
  }
  if (pathname.startsWith('/_local/')) {
    const answered = control(
      options.controls,
      request.method ?? 'GET',
      pathname,
      parseJson(await readBody(request)),
    );
    response
      .writeHead(answered === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(answered ?? {}));
    return;
  }
  return servePage(options.pages, pathname, response);
}

/** A page of another site may not move our clock or read our mails: neither by its origin nor under another host name. */
function fromHere({ headers }: IncomingMessage): boolean {
  const host = headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) return false;
  return headers.origin === undefined || headers.origin === `http://${host}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
