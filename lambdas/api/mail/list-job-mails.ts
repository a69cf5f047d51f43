import * as routes from '#contract/routes/mail.ts';
import { loadTrouble } from '../../adapters/dynamo/repositories/mail-troubles.ts';
import { mailsOfJob } from '../../adapters/dynamo/repositories/mails.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { mailView, troubleView } from './mail-view.ts';

export const listJobMails = implement(routes.listJobMails, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const { job } = await visibleJob(t, caller, params.jobId);
  const { customer, vendor } = job;
  const addresses = [customer.email, customer.billingContact?.email, vendor?.email];
  const own = [...new Set(addresses.filter((address) => address !== undefined))];
  const [mails, troubles] = await Promise.all([
    mailsOfJob(t, job.id),
    Promise.all(own.map((address) => loadTrouble(t, address))),
  ]);
  return {
    mails: mails.map(mailView),
    troubles: troubles.filter((trouble) => trouble !== undefined).map(troubleView),
  };
});
