import type { JobView } from '#contract/views/job.ts';
import type { Orientation } from '#domain/estimate/print-settings.ts';
import { processesOf, type Process } from '#domain/process.ts';
import type { FileView } from './file-view.ts';

/** What the shop makes of a file, in its own order; nothing of one that is not measured. */
export function materialsFor<M extends { process: Process }>(
  materials: readonly M[],
  report: FileView['report'],
): M[] {
  if (!report || report.kind === 'attachment') return [];
  const suitable = processesOf[report.kind];
  return materials.filter(({ process }) => suitable.includes(process));
}

export interface InfillRange {
  from: number;
  usual: number;
  to: number;
}

/** Infills to choose from, percent: round steps within the range, its ends, the usual one and the one that is chosen. */
export function infillSteps({ from, usual, to }: InfillRange, chosen: number): number[] {
  const steps = [5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100].filter(
    (step) => step >= from && step <= to,
  );
  return [...new Set([from, usual, to, chosen, ...steps])].sort((a, b) => a - b);
}

type Part = JobView['parts'][number];
/** How a filament print may lie, in words. */
export const orientationNames: Record<Orientation, string> = {
  best: 'the best way',
  as_uploaded: 'as uploaded',
};

/** What is chosen for a line; infill and the way to lie of filament prints only, the infill only when it is not the shop's usual one. */
export interface Choices {
  materialId: string;
  finishId: string;
  quantity: number;
  infillPercent: number | undefined;
  orientation: Orientation | undefined;
}

export const choicesOf = (part: Part): Choices => ({
  materialId: part.materialId,
  finishId: part.finishId,
  quantity: part.wanted,
  infillPercent: part.infillPercent,
  orientation: part.process === 'fdm' ? (part.orientation ?? 'best') : undefined,
});

/** What of the choices differs from the line as it is stored. */
export function changesOf(part: Part, choices: Choices): Partial<Choices> {
  const stored = choicesOf(part);
  return Object.fromEntries(
    Object.entries(choices).filter(([name, value]) => value !== stored[name as keyof Choices]),
  );
}
