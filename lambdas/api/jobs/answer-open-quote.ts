import type { JobView } from '#contract/views/job.ts';
import type { JobCommand, QuoteState } from '#domain/job/job.ts';
import { answerQuote } from '../../adapters/dynamo/repositories/jobs.ts';
import { runCommand, type CommandRequest } from './run-command.ts';

export interface QuoteAnswer {
  command: JobCommand & { version: number };
  state: QuoteState;
  /** The typed name; the customer's own without one. */
  name?: string;
  words?: string;
}

/** The customer answers the version they saw; the version keeps who answered, when and with what words. */
export const answerOpenQuote = (
  request: CommandRequest,
  { command, state, name, words }: QuoteAnswer,
): Promise<JobView> =>
  runCommand(request, ({ job }, _now, t) => ({
    command,
    writes: (_decision, now) => [
      answerQuote(t, job.id, command.version, {
        state,
        answeredAt: now,
        answeredBy: name ?? job.customer.name,
        ...(words === undefined ? {} : { answer: words }),
      }),
    ],
  }));
