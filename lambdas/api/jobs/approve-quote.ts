import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { answerOpenQuote } from './answer-open-quote.ts';

export const approveQuote = implement(routes.approveQuote, (request) => {
  const { body } = request;
  return answerOpenQuote(request, {
    command: { name: 'approve_quote', version: body.version },
    state: 'approved',
    name: body.name,
  });
});
