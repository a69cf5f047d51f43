/** The door before the embedded DynamoDB engine, which knows neither signatures nor rights: refuses what AWS would refuse. */
import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { arn } from '../engine/names.ts';
import type { Principals } from '../iam/principals.ts';
import { listenLocally, type RunningServer } from '../wire/listen.ts';
import { SignatureError, sha256Hex, verifySignature } from '../wire/sigv4.ts';
import { seenActions } from './leading-keys.ts';

export interface DoorOptions {
  /** 0 takes a free one. */
  port: number;
  engineUrl: string;
  principals: Principals;
}

/** A refusal, as DynamoDB words it. */
class Refused extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

const largestBody = 16 * 1024 * 1024;
const targetPrefix = 'DynamoDB_20120810.';

/** Starts the door on 127.0.0.1. */
export async function startDoor(options: DoorOptions): Promise<RunningServer> {
  const engine = new Agent({ keepAlive: true, maxSockets: 64, scheduling: 'lifo' });
  const server = createServer((request, response) => void answer(request, response, options, engine));
  const running = await listenLocally(server, options.port);
  return {
    ...running,
    async close() {
      await running.close();
      engine.destroy();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: DoorOptions,
  engine: Agent,
): Promise<void> {
  try {
    const body = await bodyOf(request);
    admit(request, body, options.principals);
    forward(request, body, response, options.engineUrl, engine);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    refuse(response, error);
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > largestBody) throw new Refused('ValidationException', 'The request is larger than 16 MB.');
    chunks.push(bytes);
  }
  return chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks);
}

/** @throws Refused, SignatureError */
function admit(request: IncomingMessage, body: Buffer, { secretOf, principalOf }: Principals): void {
  const { method = 'POST', url: target = '/', headers } = request;
  const verified = verifySignature({ method, target, headers }, secretOf, {
    payloadHash: sha256Hex(body),
    pathEncoding: 'twice',
  });
  const operation = headers['x-amz-target']?.toString() ?? '';
  if (!operation.startsWith(targetPrefix) || verified.service !== 'dynamodb')
    throw new Refused('UnknownOperationException', `${operation} is not served here.`);
  const principal = principalOf(verified.accessKeyId, verified.sessionToken);
  for (const seen of seenActions(operation.slice(targetPrefix.length), JSON.parse(body.toString('utf8')))) {
    const { action, tableName, indexName, leadingKeys } = seen;
    const resource = arn(
      'dynamodb',
      `table/${tableName}${indexName === undefined ? '' : `/index/${indexName}`}`,
    );
    const keys: Record<string, readonly string[]> = leadingKeys
      ? { 'dynamodb:LeadingKeys': leadingKeys }
      : {};
    if (!principal.may({ action, resource, keys }))
      throw new Refused(
        'AccessDeniedException',
        `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource}`,
      );
  }
}

function forward(
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  engineUrl: string,
  engine: Agent,
): void {
  const { authorization: _, 'x-amz-security-token': __, ...headers } = request.headers;
  const onward = send(
    engineUrl,
    {
      method: 'POST',
      agent: engine,
      headers: { ...headers, authorization: engineCredential, 'content-length': body.length },
    },
    (answered) => {
      response.writeHead(answered.statusCode ?? 500, answered.headers);
      answered.pipe(response);
    },
  );
  onward.once('error', (error) => {
    if (response.headersSent) response.destroy();
    else refuse(response, new Refused('InternalServerError', `The engine: ${error.message}`), 500);
  });
  onward.end(body);
}

/** The engine wants to see a credential and does not look at it. */
const engineCredential =
  'AWS4-HMAC-SHA256 Credential=local/20000101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

function refuse(response: ServerResponse, error: unknown, status = 400): void {
  const type =
    error instanceof Refused
      ? error.type
      : error instanceof SignatureError
        ? error.fault === 'unknown-key'
          ? 'UnrecognizedClientException'
          : error.fault === 'missing'
            ? 'MissingAuthenticationTokenException'
            : 'InvalidSignatureException'
        : 'SerializationException';
  const message = error instanceof Error ? error.message : 'The request can not be read.';
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', connection: 'close' });
  response.end(JSON.stringify({ __type: `com.amazon.coral.service#${type}`, message }));
}
