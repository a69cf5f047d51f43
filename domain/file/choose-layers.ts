import { DrawingTooComplex } from '../geometry/drawing-nesting.ts';
import type { DrawingPreview } from '../geometry/preview-drawing.ts';
import { useLayers, type LayerUse } from '../geometry/use-layers.ts';
import type { Job } from '../job/job.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { mayChangeFiles } from './choose-unit.ts';
import type { JobFile } from './file.ts';

/** The drawing as it is when its layers are cut, engraved or left out as said. */
export function chooseLayers(
  job: Job,
  file: JobFile | undefined,
  preview: DrawingPreview | undefined,
  uses: readonly LayerUse[],
  byStaff: boolean,
): JobFile | Refusal {
  if (!mayChangeFiles(job, byStaff))
    return refuse('not_allowed_now', 'What is done with a layer can be changed until the request is sent.');
  if (file?.state !== 'checked' || file.report?.kind !== 'drawing' || !preview)
    return refuse('not_ready', 'Only a measured drawing has layers.', 'uses');
  if (uses.length !== file.report.layers.length)
    return refuse(
      'invalid',
      `This drawing has ${file.report.layers.length} layers; name a use for each.`,
      'uses',
    );
  if (uses.every((use) => use === 'ignore'))
    return refuse('invalid', 'Leave at least one layer to cut or to engrave.', 'uses');
  try {
    return { ...file, report: useLayers(file.report, preview, file.previewScale ?? 1, uses) };
  } catch (error) {
    if (!(error instanceof DrawingTooComplex)) throw error;
    return refuse(
      'invalid',
      'With these layers the drawing has too many outlines in one another to be measured.',
      'uses',
    );
  }
}
