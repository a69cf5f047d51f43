import type { TemplateName } from '../job.ts';
import type { WorkflowTemplate } from '../template.ts';
import { custom } from './custom.ts';
import { fabrication } from './fabrication.ts';
import { order } from './order.ts';
import { repair } from './repair.ts';

/** The templates as they ship; shops may have made copies of their own. */
export const shippedTemplates: Record<TemplateName, WorkflowTemplate> = {
  fabrication,
  order,
  custom,
  repair,
};
