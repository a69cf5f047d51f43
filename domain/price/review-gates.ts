import type { PrintEstimate } from '#domain/estimate/print-estimate.ts';
import { fitsMachines, type MachineVolume } from '#domain/geometry/fits-machines.ts';
import type { MeshReport } from '#domain/geometry/report.ts';

export interface ReviewReason {
  code:
    | 'file_refused'
    | 'no_price'
    | 'needs_repair'
    | 'units_doubt'
    | 'estimate_unreliable'
    | 'too_big'
    | 'above_threshold';
  /** The part that the reason is about; absent when it is the order's. */
  partId?: string;
  /** Plain words. */
  message: string;
}

interface ReviewedLine {
  partId: string;
  name: string;
  geometry: Pick<MeshReport, 'boundingBoxMm' | 'verdict' | 'problems'>;
  estimate: PrintEstimate | null;
  totalMinor: number | null;
}

/** Why a person has to look before the price is offered; empty when it may go out at once. */
export function findReviewReasons(
  lines: readonly ReviewedLine[],
  totalMinor: number | null,
  machines: readonly MachineVolume[],
  reviewAboveMinor: number | undefined,
): ReviewReason[] {
  const reasons = lines.flatMap((line) => reasonsOfLine(line, machines));
  if (totalMinor === null && reasons.every(({ code }) => code !== 'file_refused' && code !== 'no_price')) {
    reasons.push({ code: 'no_price', message: 'The order is too large to be added up. Split it.' });
  }
  if (totalMinor !== null && reviewAboveMinor !== undefined && totalMinor > reviewAboveMinor) {
    reasons.push({
      code: 'above_threshold',
      message: 'The total is above the amount from which on the shop looks at every order.',
    });
  }
  return reasons;
}

function reasonsOfLine(
  { partId, name, geometry, estimate, totalMinor }: ReviewedLine,
  machines: readonly MachineVolume[],
): ReviewReason[] {
  if (geometry.verdict === 'refused') {
    const why =
      geometry.problems.find(({ severity }) => severity === 'refusal')?.message ?? 'Its file was refused.';
    return [{ code: 'file_refused', partId, message: `${name} can not be priced. ${why}` }];
  }
  const reasons: ReviewReason[] = [];
  const gate = (code: ReviewReason['code'], message: string) => reasons.push({ code, partId, message });
  if (totalMinor === null)
    gate('no_price', `${name} can not be priced from its volume, area and height. Set a price by hand.`);
  if (geometry.verdict === 'needs_repair') {
    gate(
      'needs_repair',
      `${name} is not a sound solid, so its price rests on a doubtful volume. Repair the file or set a price by hand.`,
    );
  }
  const units = geometry.problems.find(({ code }) => code === 'units_doubt');
  if (units) gate('units_doubt', `${name}: ${units.message}`);
  if (estimate?.why !== undefined) gate('estimate_unreliable', `${name}: ${estimate.why}`);
  if (machines.length > 0 && fitsMachines(geometry.boundingBoxMm.size, machines).length === 0) {
    const size = geometry.boundingBoxMm.size.map((length) => Math.ceil(length * 10) / 10).join(' x ');
    gate(
      'too_big',
      `${name} is ${size} mm, larger than every machine of the shop in any orientation along its axes. Split it or pass it on.`,
    );
  }
  return reasons;
}
