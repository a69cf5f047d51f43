/** Bodies of the JSON services. */
import * as z from 'zod';
import { WireError, type WireResponse } from './service.ts';

/** Parses a body by its schema; throws SerializationException, or `code` when a field is wrong. */
export function jsonInput<T>(schema: z.ZodType<T>, body: Buffer, code = 'ValidationException'): T {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new WireError(400, 'SerializationException', 'The body is not JSON.');
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new WireError(400, 'ValidationException', z.prettifyError(result.error));
  return result.data;
}

export const jsonAnswer = (value: unknown): WireResponse => ({ status: 200, body: JSON.stringify(value) });

/** A JSON service's table of operations; an operation it lacks is UnknownOperationException. */
export function runOperation(
  operations: Record<string, (body: Buffer) => WireResponse>,
  operation: string,
  body: Buffer,
): WireResponse {
  const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (!run) throw new WireError(400, 'UnknownOperationException', `"${operation}" is not served here.`);
  return run(body);
}
