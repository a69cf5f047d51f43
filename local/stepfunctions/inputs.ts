/** Reading what callers of Step Functions send, with AWS's error for each thing that can be wrong. */
import { ACCOUNT, REGION } from '../engine/names.ts';
import { WireError } from '../wire/service.ts';

export type Body = Record<string, unknown>;

/** Of execution inputs and task outputs, in bytes. */
const PAYLOAD_LIMIT = 262_144;
const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'];
const FORBIDDEN_IN_NAMES = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

export function parseBody(body: Buffer): Body {
  try {
    const parsed: unknown = JSON.parse(body.toString() || '{}');
    if (typeof parsed === 'object' && parsed !== null) return parsed as Body;
  } catch {
    // Reported below.
  }
  throw new WireError(400, 'SerializationException', 'The request body is not a JSON object.');
}

export function requiredArn(body: Body, field: string, resource: 'execution' | 'stateMachine'): string {
  const value = requiredText(body, field);
  if (!value.startsWith('arn:aws:states:')) throw new WireError(400, 'InvalidArn', `Invalid Arn: '${value}'`);
  if (!value.startsWith(`arn:aws:states:${REGION}:${ACCOUNT}:${resource}:`)) {
    throw new WireError(
      400,
      'InvalidArn',
      `Invalid Arn: '${value}' is no ${resource} of this account and region.`,
    );
  }
  return value;
}

/** Undefined when the caller leaves the choice to us. */
export function executionName(body: Body): string | undefined {
  const name = optionalText(body, 'name');
  if (name === undefined) return undefined;
  if (name.length < 1 || name.length > 80 || FORBIDDEN_IN_NAMES.test(name)) {
    throw new WireError(400, 'InvalidName', `Invalid Name: '${name}'`);
  }
  return name;
}

export function executionInput(body: Body): { text: string; value: unknown } {
  const text = optionalText(body, 'input') ?? '{}';
  return { text, value: json(text, 'InvalidExecutionInput', 'Invalid State Machine Execution Input') };
}

export function taskOutput(body: Body): unknown {
  return json(requiredText(body, 'output'), 'InvalidOutput', 'Invalid Output');
}

export function taskToken(body: Body): string {
  const token = requiredText(body, 'taskToken');
  if (token.length > 2048)
    throw new WireError(400, 'InvalidToken', 'Invalid Token: longer than 2048 characters.');
  return token;
}

export function listQuery(body: Body): { status: string | undefined; limit: number; before: number } {
  const status = optionalText(body, 'statusFilter');
  if (status !== undefined && !STATUSES.includes(status))
    throw invalid(`statusFilter must be one of ${STATUSES.join(', ')}.`);
  const maxResults = body['maxResults'] ?? 0;
  if (
    typeof maxResults !== 'number' ||
    !Number.isInteger(maxResults) ||
    maxResults < 0 ||
    maxResults > 1000
  ) {
    throw invalid('maxResults must be a whole number from 0 to 1000.');
  }
  return {
    status,
    limit: maxResults === 0 ? 100 : maxResults,
    before: pageStart(optionalText(body, 'nextToken')),
  };
}

export const pageToken = (lastId: number): string => Buffer.from(`after ${lastId}`).toString('base64url');

function pageStart(token: string | undefined): number {
  if (token === undefined) return Number.MAX_SAFE_INTEGER;
  const found = /^after (\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (found === undefined) throw new WireError(400, 'InvalidToken', `Invalid Token: '${token}'`);
  return Number(found);
}

export function optionalText(body: Body, field: string): string | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(`${field} must be a string.`);
  return value;
}

function requiredText(body: Body, field: string): string {
  const value = optionalText(body, field);
  if (value === undefined || value === '') throw invalid(`${field} is required.`);
  return value;
}

function json(text: string, code: string, what: string): unknown {
  if (Buffer.byteLength(text) > PAYLOAD_LIMIT)
    throw new WireError(400, code, `${what}: more than ${PAYLOAD_LIMIT} bytes.`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new WireError(400, code, `${what}: '${String(error)}'`);
  }
}

const invalid = (message: string) => new WireError(400, 'ValidationException', message);
