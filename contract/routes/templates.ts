import * as z from 'zod';
import { roles } from '#domain/actor.ts';
import { templateNames } from '#domain/job/job.ts';
import { route } from '../route.ts';
import { ownTemplate, templateView } from '../views/template.ts';

export const listTemplates = route({
  id: 'listTemplates',
  method: 'GET',
  path: '/v1/workflow-templates',
  context: 'shops',
  summary: 'The workflow templates as the shop uses them',
  callers: { staff: roles, customer: true, link: true },
  out: z.object({ templates: z.array(templateView) }),
  status: 200,
});

export const replaceTemplate = route({
  id: 'replaceTemplate',
  method: 'PUT',
  path: '/v1/workflow-templates/{name}',
  context: 'shops',
  summary: "Replace the shop's own copy of a template: names, owners, SLA hours, statuses not used, terms",
  callers: { staff: ['owner', 'admin'] },
  params: z.object({ name: z.enum(templateNames) }),
  body: ownTemplate,
  out: templateView,
  status: 200,
  versioned: true,
});
