import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod';
import { ingested } from '#contract/mqtt.ts';
import { agents } from '../adapters/dynamo/directory.ts';
import { tenant, type Tenant } from '../adapters/dynamo/tenant.ts';
import { logger } from '../logger.ts';

/** An agent's message with the shop it belongs to, which the certificate and not the message says. */
export interface Ingested<T> {
  t: Tenant;
  agentId: string;
  message: T;
}

/**
 * A queue of agents' messages: each is parsed, placed in its shop and handled; what fails comes again. A message that does
 * not parse, or comes from an unknown agent, is dropped with a line in the log: it would never get better.
 */
export const ingest =
  <T extends z.ZodType>(schema: T, handle: (each: Ingested<z.infer<T>>) => Promise<void>) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const { body, messageId } of event.Records) {
      const parsed = ingested(schema).safeParse(readJson(body));
      if (!parsed.success) {
        logger.error('a message does not parse', { issue: parsed.error.issues[0]?.message });
        continue;
      }
      try {
        const { clientId, message } = parsed.data as { clientId: string; message: z.infer<T> };
        const shopId = await agents.find(clientId);
        if (shopId) await handle({ t: tenant(shopId), agentId: clientId, message });
        else logger.error('a message of an unknown agent', { agentId: clientId });
      } catch (error) {
        logger.error('a message failed', { error: error instanceof Error ? error : new Error('unknown') });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
