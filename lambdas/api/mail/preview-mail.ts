import * as routes from '#contract/routes/mail.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { draftMail } from './draft-mail.ts';

export const previewMail = implement(routes.previewMail, ({ caller, body }) =>
  draftMail(inShop(caller).t, body),
);
