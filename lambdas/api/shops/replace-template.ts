import * as routes from '#contract/routes/templates.ts';
import { findTemplateFault, type OwnTemplate } from '#domain/job/own-template.ts';
import { shippedTemplates } from '#domain/job/templates/all.ts';
import { now } from '../../adapters/clock.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import { loadTemplates, putOwnTemplate } from '../../adapters/dynamo/repositories/templates.ts';
import { ApiError, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { templateView } from './template-view.ts';

const stale = (version: number) =>
  new ApiError(
    'stale',
    `The template is at version ${version} by now. Load it again and repeat your change.`,
    'If-Match',
  );

export const replaceTemplate = implement(
  routes.replaceTemplate,
  async ({ caller, params, body, ifMatch }) => {
    const { t } = inShop(caller);
    const { name } = params;
    const own = body as OwnTemplate;
    const { version } = (await loadTemplates(t))[name];
    if (version !== ifMatch) throw stale(version);
    const fault = findTemplateFault(shippedTemplates[name], own);
    if (fault) throw refused(fault);
    try {
      await commit(t.client, [putOwnTemplate(t, name, version + 1, own, now())]);
    } catch (error) {
      throw error instanceof ConflictError ? stale(version + 1) : error;
    }
    return templateView((await loadTemplates(t))[name], 'shop');
  },
);
