import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { listenLocally } from '#local/wire/listen.ts';
import type { CapturedMail } from '../walk/instance.ts';

export interface FrontOptions {
  port: number;
  /** Where the emulator answers. */
  emulator: string;
  apiId: string;
  siteBucket: string;
  s3: S3Client;
}

/**
 * Stands where CloudFront stands on AWS, for the emulator has none that answers: pages from the site's bucket, `/v1` from the
 * gateway, all of one origin. The mails that SES took are shown as the embedded cloud shows its own.
 */
export function startFront(options: FrontOptions): Promise<{ close(): Promise<void> }> {
  const server = createServer((incoming, response) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://front');
    const answered =
      pathname.startsWith('/v1/') || pathname === '/v1'
        ? toGateway(incoming, response, options)
        : pathname === '/_local/mail.json'
          ? sendJson(response, mailsTo(options.emulator, searchParams.get('to') ?? undefined))
          : sendPage(pathname, response, options);
    answered.catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' });
      response.end(`${error instanceof Error ? error.message : String(error)}\n`);
    });
  });
  return listenLocally(server, options.port);
}

/** Bytes pass as they are: a webhook is signed over them. */
function toGateway(
  incoming: IncomingMessage,
  response: ServerResponse,
  { emulator, apiId }: FrontOptions,
): Promise<void> {
  return new Promise((done, failed) => {
    const outgoing = request(
      `${emulator}/_aws/execute-api/${apiId}/$default${incoming.url ?? ''}`,
      { method: incoming.method, headers: { ...incoming.headers, host: new URL(emulator).host } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.once('end', done);
        answer.once('error', failed);
      },
    );
    outgoing.once('error', failed);
    incoming.pipe(outgoing);
  });
}

/** As the distribution's function in lib/stacks/web.ts: addresses without an ending are one of the two documents. */
async function sendPage(
  path: string,
  response: ServerResponse,
  { s3, siteBucket }: FrontOptions,
): Promise<void> {
  const Key = extname(path) ? path.slice(1) : path.startsWith('/p/') ? 'portal.html' : 'index.html';
  try {
    const page = await s3.send(new GetObjectCommand({ Bucket: siteBucket, Key }));
    response.writeHead(200, {
      'content-type': page.ContentType ?? 'application/octet-stream',
      'cache-control': page.CacheControl ?? 'no-cache',
    });
    response.end(await page.Body?.transformToByteArray());
  } catch (error) {
    if (!(error instanceof NoSuchKey)) throw error;
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such page.\n');
  }
}

async function sendJson(response: ServerResponse, mails: Promise<CapturedMail[]>): Promise<void> {
  const body = JSON.stringify({ mails: await mails });
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}

interface EmulatorMail {
  To: string[];
  Subject: string;
  BodyText: string;
}

async function mailsTo(emulator: string, address: string | undefined): Promise<CapturedMail[]> {
  const answer = await fetch(`${emulator}/_ministack/ses/messages`);
  const { messages } = (await answer.json()) as { messages: Record<string, EmulatorMail[]> };
  return Object.values(messages)
    .flat()
    .map(({ To, Subject, BodyText }, sequence) => ({ sequence, subject: Subject, text: BodyText, to: To }))
    .filter(({ to }) => address === undefined || to.includes(address))
    .reverse();
}
