import * as routes from '#contract/routes/mail.ts';
import { findMailFault, type MailChoice } from '#domain/mail/mail-settings.ts';
import { now } from '../../adapters/clock.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import { loadMailSettings, putMailSettings } from '../../adapters/dynamo/repositories/mail-settings.ts';
import { ApiError, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { settingsView } from './settings-view.ts';

const stale = (version: number) =>
  new ApiError(
    'stale',
    `The mails are at version ${version} by now. Load them again and repeat your change.`,
    'If-Match',
  );

export const replaceMailSettings = implement(
  routes.replaceMailSettings,
  async ({ caller, params: { template }, body, ifMatch }) => {
    const { t } = inShop(caller);
    const { version } = await loadMailSettings(t, template);
    if (version !== ifMatch) throw stale(version);
    const choices = body.choices as MailChoice[];
    const fault = findMailFault(template, choices);
    if (fault) throw refused(fault);
    try {
      await commit(t.client, [putMailSettings(t, template, version + 1, choices, now())]);
    } catch (error) {
      throw error instanceof ConflictError ? stale(version + 1) : error;
    }
    return settingsView(template, await loadMailSettings(t, template));
  },
);
