import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { answerOpenQuote } from './answer-open-quote.ts';

export const requestChanges = implement(routes.requestChanges, (request) => {
  const { body } = request;
  return answerOpenQuote(request, {
    command: { name: 'request_changes', ...body },
    state: 'changes_requested',
    words: body.message,
  });
});
