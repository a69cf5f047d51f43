import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { answerOpenQuote } from './answer-open-quote.ts';

export const declineQuote = implement(routes.declineQuote, (request) => {
  const { body } = request;
  return answerOpenQuote(request, {
    command: { name: 'decline_quote', ...body },
    state: 'declined',
    words: body.reason,
  });
});
