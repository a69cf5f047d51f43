import { ConflictError } from '../adapters/dynamo/commit.ts';

const mostTries = 12;

/** Repeats what takes the next number of a series while others take it first. @throws ConflictError on any other conflict */
export async function numberAnew<T>(issue: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await issue();
    } catch (error) {
      const overtaken = error instanceof ConflictError && error.names.every((name) => name === 'serial');
      if (!overtaken || attempt === mostTries) throw error;
    }
  }
}
