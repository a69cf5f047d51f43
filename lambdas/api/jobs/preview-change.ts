import * as routes from '#contract/routes/lifecycle.ts';
import { decide } from '#domain/job/decide.ts';
import { labelOf } from '#domain/job/template.ts';
import { mailsFor, wordsOf } from '#domain/mail/mail-settings.ts';
import { writeMail } from '#domain/mail/write-mail.ts';
import { isRefusal } from '#domain/refusal.ts';
import { now } from '../../adapters/clock.ts';
import { stateOf } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadMailSettings } from '../../adapters/dynamo/repositories/mail-settings.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { actorOf } from '../../http/caller.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';

/** The change itself, decided and not written. */
export const previewChange = implement(routes.previewChange, async ({ caller: who, params, query }) => {
  const { caller, t } = inShop(who);
  const [loaded, shop] = await Promise.all([visibleJob(t, caller, params.jobId), loadShop(t)]);
  const { job, template } = loaded;
  const settings = await loadMailSettings(t, job.template);
  const command = { name: 'change', ...query, reason: 'preview' } as const;
  const decision = decide(stateOf(loaded), command, actorOf(caller, job.customer.name), now());
  const from = job.status;
  const facts = { from, to: query.to };
  const refused = isRefusal(decision);
  return {
    ...facts,
    fromLabel: labelOf(template, from, 'shop'),
    toLabel: labelOf(template, query.to, 'shop'),
    mails: refused
      ? []
      : mailsFor(decision.event, job.template, settings).map(({ audience, kind }) => {
          const words = wordsOf(kind, audience, settings);
          const about = { kind, audience, shop, job: decision.job, template, facts, words, lines: [] };
          return {
            to: audience === 'former_vendor' ? ('vendor' as const) : audience,
            subject: writeMail(about).subject,
          };
        }),
    ...(refused ? { missing: decision.message } : {}),
  };
});
