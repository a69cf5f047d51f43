import * as routes from '#contract/routes/mail.ts';
import { templateNames } from '#domain/job/job.ts';
import { placeholders } from '#domain/mail/placeholders.ts';
import { allMailSettings } from '../../adapters/dynamo/repositories/mail-settings.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { settingsView } from './settings-view.ts';

export const listMailSettings = implement(routes.listMailSettings, async ({ caller }) => {
  const { t } = inShop(caller);
  const settings = await allMailSettings(t);
  return {
    templates: templateNames.map((name) => settingsView(name, settings[name])),
    placeholders: [...placeholders],
  };
});
