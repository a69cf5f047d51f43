import { now } from '../adapters/clock.ts';
import { countTrouble } from '../adapters/dynamo/repositories/troubles.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { logger } from '../logger.ts';

const longestError = 500;

/**
 * Puts a failure on the operators' list. Never throws: that the failure itself is told of matters more.
 * @param subject the event or job that could not be handled
 */
export async function noteTrouble(
  what: string,
  { shopId, jobId, subject }: { shopId: string; jobId: string; subject: string },
  error: unknown,
): Promise<void> {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const report = { id: `${what}.${subject}`, jobId, what, error: words.slice(0, longestError) };
  try {
    await countTrouble(tenant(shopId), report, now());
  } catch (failure) {
    logger.error('a trouble could not be noted', {
      shopId,
      jobId,
      what,
      error: failure instanceof Error ? failure : new Error('unknown'),
    });
  }
}
