import type { TemplateName } from '#domain/job/job.ts';
import type { JobView } from '#contract/views/job.ts';
import { walkFabrication } from './fabrication.ts';
import { walkOrder } from './order.ts';
import { walkCustom, walkRepair } from './piece.ts';
import type { ModelFile } from './request.ts';
import type { RefusedFile, Stage } from './stage.ts';

/** One walk per template, from the request to the delivered and paid job. */
export const walksWith = (
  model: ModelFile,
): Record<TemplateName, (stage: Stage) => Promise<JobView | RefusedFile>> => ({
  fabrication: (stage) => walkFabrication(stage, model),
  order: (stage) => walkOrder(stage, model),
  custom: walkCustom,
  repair: walkRepair,
});
