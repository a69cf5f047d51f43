import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { webServer, type WebServerOptions } from './web-server.ts';

const server = webServer({} as WebServerOptions);
beforeAll(() => new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening)));
afterAll(() => new Promise((closed) => server.close(closed)));

test.each([
  [`GET /v1/customers?cursor=${'x'.repeat(20_000)} HTTP/1.1`, 431, 'Request Header Fields Too Large'],
  ['nonsense', 400, 'Bad Request'],
])('what is no request the gateway can read is answered in its words: %.20s', async (line, status, words) => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(`${line}\r\nHost: kerf\r\n\r\n`);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toContain('Content-Type: application/json');
  expect(JSON.parse(body)).toEqual({ message: words });
});
