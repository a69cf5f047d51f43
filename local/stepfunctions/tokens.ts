/** Task tokens: one per attempt, naming its execution so that a closed task is told from one that never was. */
import { randomUUID } from 'node:crypto';

export interface OpenTask {
  executionArn: string;
  succeed(output: unknown): void;
  fail(error: string, cause: string): void;
}

export interface TokenRegistry {
  open(token: string, task: OpenTask): void;
  close(token: string): void;
  find(token: string): OpenTask | undefined;
  clear(): void;
}

export function mintToken(executionArn: string): string {
  return Buffer.from(JSON.stringify([executionArn, randomUUID()])).toString('base64url');
}

/** The execution a token was minted for; undefined when it is not one of our tokens. */
export function tokenExecution(token: string): string | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return Array.isArray(parts) && parts.length === 2 && typeof parts[0] === 'string' ? parts[0] : undefined;
  } catch {
    return undefined;
  }
}

export function tokenRegistry(): TokenRegistry {
  const tasks = new Map<string, OpenTask>();
  return {
    open: (token, task) => void tasks.set(token, task),
    close: (token) => void tasks.delete(token),
    find: (token) => tasks.get(token),
    clear: () => tasks.clear(),
  };
}
