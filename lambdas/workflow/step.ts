import * as z from 'zod';
import { id } from '#contract/ids.ts';
import { status } from '#contract/views/job.ts';
import { advance, type StepResult } from '../use-cases/advance-job.ts';
import { noteTrouble } from '../use-cases/note-trouble.ts';
import { openGate } from '../use-cases/open-gate.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { logger } from '../logger.ts';

/** What the state machine sends. Ids come from the execution's own input, never from its document. */
const step = z
  .discriminatedUnion('op', [
    z.object({ op: z.literal('enter') }),
    z.object({ op: z.literal('remind') }),
    z.object({ op: z.literal('gate'), token: z.string().min(1) }),
    z.object({ op: z.literal('attention'), error: z.unknown() }),
  ])
  .and(z.object({ shopId: id('shop'), jobId: id('job'), generation: z.int().min(1), status }));

/** The one task of the lifecycle: takes the automatic steps of a status, and opens the gate that waits for the next decision. */
export async function handler(event: unknown): Promise<StepResult | undefined> {
  const input = step.parse(event);
  const t = tenant(input.shopId);
  switch (input.op) {
    case 'enter':
    case 'remind':
      return advance(t, input);
    case 'gate':
      await openGate(t, input, input.token);
      return undefined;
    case 'attention':
      logger.error('a step keeps failing', {
        shopId: input.shopId,
        jobId: input.jobId,
        status: input.status,
        error: JSON.stringify(input.error),
      });
      await noteTrouble('workflow-step', { ...input, subject: input.jobId }, JSON.stringify(input.error));
      return undefined;
  }
}
