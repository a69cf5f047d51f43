import { logger } from '../logger.ts';

/** Works through a sweep's finds one by one; a find that fails is logged with its ids and does not hold up the others. */
export async function eachSafely<T extends object>(
  finds: readonly T[],
  work: (find: T) => Promise<unknown>,
): Promise<void> {
  for (const find of finds) {
    try {
      await work(find);
    } catch (error) {
      logger.error('a find of a sweep failed', {
        ...find,
        error: error instanceof Error ? error : new Error('unknown'),
      });
    }
  }
}
