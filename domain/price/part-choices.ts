import type { Orientation } from '#domain/estimate/print-settings.ts';
import type { GeometryReport } from '#domain/geometry/report.ts';
import type { Part, PartChoices } from '#domain/job/job.ts';
import { processesOf, processNames } from '#domain/process.ts';
import { refuse, type Refusal } from '#domain/refusal.ts';
import { usualInfill } from './estimate-by-book.ts';
import { infillRange, type PriceBook } from './price-book.ts';

/** What somebody asks for; what is absent stays as it is. */
export interface ChoiceWish {
  materialId?: string | undefined;
  finishId?: string | undefined;
  /** Looked at for filament prints only. */
  infillPercent?: number | undefined;
  /** Looked at for filament prints only. */
  orientation?: Orientation | undefined;
}

/** Whether the book has what is chosen and the file can be made of it; the refusal names the field that is wrong. */
export function choosePart(
  book: PriceBook,
  report: GeometryReport | undefined,
  { materialId, finishId, infillPercent, orientation }: ChoiceWish,
): PartChoices | Refusal {
  const material = book.materials.find(({ id }) => id === materialId);
  const finish = book.finishes.find(({ id }) => id === finishId);
  if (report?.kind === 'attachment')
    return refuse(
      'invalid',
      'This file is kept for people to look at; there is nothing in it to make.',
      'fileId',
    );
  if (!material) return refuse('invalid', 'The shop has no such material.', 'materialId');
  if (!finish) return refuse('invalid', 'The shop has no such finish.', 'finishId');
  const { process } = material;
  if (report && !processesOf[report.kind].includes(process))
    return refuse(
      'invalid',
      report.kind === 'drawing'
        ? `A drawing is cut from a sheet; ${material.name} is for ${processNames[process].toLowerCase()}. Choose a sheet.`
        : `${material.name} is cut from a drawing; this file is a body. Choose another material.`,
      'materialId',
    );
  const chosen = {
    process,
    materialId: material.id,
    finishId: finish.id,
    postProduction: finish.minorPerPart > 0 || finish.percent > 0,
  };
  if (process !== 'fdm') return chosen;
  const lying = orientation === 'as_uploaded' ? { ...chosen, orientation } : chosen;
  if (infillPercent === undefined) return lying;
  const { from, to } = infillRange(book);
  // A printer's profile may have its usual infill outside the range.
  if (!(infillPercent >= from && infillPercent <= to) && infillPercent !== usualInfill(book))
    return refuse('invalid', `Choose an infill from ${from} to ${to} %.`, 'infillPercent');
  return { ...lying, infillPercent };
}

/** The same for a line that stands; undefined when nothing of it is to change. */
export function chooseAnew(
  book: PriceBook,
  report: GeometryReport | undefined,
  part: Part,
  wish: ChoiceWish,
): PartChoices | Refusal | undefined {
  const { materialId, finishId, infillPercent, orientation } = wish;
  if ([materialId, finishId, infillPercent, orientation].every((choice) => choice === undefined))
    return undefined;
  return choosePart(book, report, {
    materialId: materialId ?? part.materialId,
    finishId: finishId ?? part.finishId,
    infillPercent: infillPercent ?? part.infillPercent,
    orientation: orientation ?? part.orientation,
  });
}
