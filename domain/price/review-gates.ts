import type { PrintEstimate } from '#domain/estimate/print-estimate.ts';
import { fitsMachines, type MachineVolume as NamedVolume } from '#domain/geometry/fits-machines.ts';
import type { GeometryProblem, MeshReport } from '#domain/geometry/report.ts';
import type { Process } from '#domain/process.ts';
import { daysBetween } from './days.ts';
import { moneyWriter } from './money-words.ts';
import type { PriceBook, PriceBookMaterial } from './price-book.ts';
import { isExpired, type TaxStatus } from './tax.ts';

export interface ReviewReason {
  code:
    | 'file_refused'
    | 'no_price'
    | 'needs_repair'
    | 'units_doubt'
    | 'estimate_unreliable'
    | 'thin_wall'
    | 'open_contours'
    | 'too_big'
    | 'old_metal_price'
    | 'many_pieces'
    | 'above_threshold'
    | 'exemption_expired';
  /** The part that the reason is about; absent when it is the order's. */
  partId?: string;
  /** Plain words. */
  message: string;
}

/** Reasons for which the price itself may be wrong, so that a customer is not shown it. The others only want a look. */
export const doubtfulPrice: ReadonlySet<ReviewReason['code']> = new Set([
  'file_refused',
  'no_price',
  'needs_repair',
  'units_doubt',
  'estimate_unreliable',
  'thin_wall',
  'too_big',
  'old_metal_price',
]);

export interface MachineVolume extends NamedVolume {
  process: Process;
}

/** What of a file's check a price rests on. */
export interface PricedGeometry extends Pick<
  MeshReport,
  'volumeMm3' | 'areaMm2' | 'boundingBoxMm' | 'verdict'
> {
  problems: readonly Pick<GeometryProblem, 'code' | 'severity' | 'message'>[];
}

export interface ReviewedLine {
  partId: string;
  name: string;
  quantity: number;
  geometry: PricedGeometry;
  material: PriceBookMaterial;
  estimate: PrintEstimate | null;
  totalMinor: number | null;
  /** Somebody of the shop has measured or priced the line by hand: doubts about the estimate are settled. */
  byHand: boolean;
}

export interface ReviewedOrder {
  book: PriceBook;
  lines: readonly ReviewedLine[];
  totalMinor: number | null;
  machines: readonly MachineVolume[];
  tax: TaxStatus;
  /** `YYYY-MM-DD` */
  pricedOn: string;
}

/** Why a person has to look before the price is offered; empty when it may go out at once. */
export function findReviewReasons(order: ReviewedOrder): ReviewReason[] {
  const { book, lines, totalMinor, tax, pricedOn } = order;
  const money = moneyWriter(book.currency);
  const reasons = lines.flatMap((line) => reasonsOfLine(line, order));
  if (totalMinor === null && reasons.every(({ code }) => code !== 'file_refused' && code !== 'no_price')) {
    reasons.push({ code: 'no_price', message: 'The order is too large to be added up. Split it.' });
  }
  if (totalMinor !== null && book.reviewAboveMinor > 0 && totalMinor > book.reviewAboveMinor) {
    reasons.push({
      code: 'above_threshold',
      message: `The total is above ${money(book.reviewAboveMinor)}, from which on the shop looks at every order.`,
    });
  }
  if (isExpired(tax, pricedOn)) {
    reasons.push({
      code: 'exemption_expired',
      message: "The customer's tax exemption is over, so tax is charged. Ask for a new certificate.",
    });
  }
  return reasons;
}

function reasonsOfLine(line: ReviewedLine, order: ReviewedOrder): ReviewReason[] {
  const { partId, name, quantity, geometry, totalMinor, byHand } = line;
  const { book } = order;
  const reasons: ReviewReason[] = [];
  const gate = (code: ReviewReason['code'], message: string) => reasons.push({ code, partId, message });
  if (geometry.verdict === 'refused') {
    const why =
      geometry.problems.find(({ severity }) => severity === 'refusal')?.message ?? 'Its file was refused.';
    gate('file_refused', `${name} can not be priced. ${why}`);
    return reasons;
  }
  if (totalMinor === null)
    gate(
      'no_price',
      `${name} can not be priced by itself. Enter what making it takes, or set a price by hand.`,
    );
  if (!byHand) for (const reason of geometryDoubts(line, book)) gate(reason.code, reason.message);
  const size = tooBig(line, order.machines);
  if (size)
    gate(
      'too_big',
      `${name} is ${size} mm, larger than every machine of the shop in any orientation along its axes. Split it or pass it on.`,
    );
  if (isOldFix(line.material, order))
    gate(
      'old_metal_price',
      `The metal price behind ${name} is more than ${book.metalFixDays} days old. Renew it in the price book.`,
    );
  if (book.reviewAboveQuantity > 0 && quantity > book.reviewAboveQuantity)
    gate(
      'many_pieces',
      `${name} is ordered ${quantity} times; the shop looks at more than ${book.reviewAboveQuantity}.`,
    );
  return reasons;
}

function geometryDoubts({ name, geometry, estimate }: ReviewedLine, book: PriceBook) {
  const doubts: { code: ReviewReason['code']; message: string }[] = [];
  if (geometry.verdict === 'needs_repair')
    doubts.push({
      code: 'needs_repair',
      message: `${name} is not sound as it is, so its price rests on doubtful measures. Repair the file or set a price by hand.`,
    });
  const open = geometry.problems.find(({ code }) => code === 'open_contours');
  if (open) doubts.push({ code: 'open_contours', message: `${name}: ${open.message}` });
  const units = geometry.problems.find(({ code }) => code === 'units_doubt');
  if (units) doubts.push({ code: 'units_doubt', message: `${name}: ${units.message}` });
  if (estimate?.why !== undefined)
    doubts.push({ code: 'estimate_unreliable', message: `${name}: ${estimate.why}` });
  const thin = geometry.problems.find(({ code }) => code === 'thin_walls');
  const wallMm = (2 * geometry.volumeMm3) / geometry.areaMm2;
  if (thin) doubts.push({ code: 'thin_wall', message: `${name}: ${thin.message}` });
  else if (book.thinWallMm > 0 && wallMm > 0 && wallMm < book.thinWallMm)
    doubts.push({
      code: 'thin_wall',
      message: `${name} has walls of ${wallMm.toFixed(2)} mm on average; below ${book.thinWallMm} mm it may not come out.`,
    });
  return doubts;
}

/** The size in words when no machine of the process can hold it; a shop without such machines holds everything. */
function tooBig(
  { geometry, material }: ReviewedLine,
  machines: readonly MachineVolume[],
): string | undefined {
  const own = machines.filter(({ process }) => process === material.process);
  const { size } = geometry.boundingBoxMm;
  if (own.length === 0 || fitsMachines(size, own).length > 0) return undefined;
  return size.map((length) => Math.ceil(length * 10) / 10).join(' x ');
}

function isOldFix(material: PriceBookMaterial, { book, pricedOn }: ReviewedOrder): boolean {
  if (material.process !== 'casting' || book.metalFixDays === 0) return false;
  const fix = book.metalFixes.find(({ metal }) => metal === material.metal);
  return fix !== undefined && daysBetween(fix.fixedOn, pricedOn) > book.metalFixDays;
}
