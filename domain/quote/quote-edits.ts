import type { SupportChoice } from '../estimate/print-settings.ts';
import type { Making } from '../price/making.ts';
import type { Discount, Scrap } from '../price/order-totals.ts';
import type { ExtraLine, LineEdit, PriceInputs } from '../price/order-input.ts';
import type { TaxStatus } from '../price/tax.ts';
import { refuse, type Refusal } from '../refusal.ts';

/** What somebody of the shop decides instead of the price book. Every decision carries its reason, for the shop's eyes. */
export interface QuoteEdits {
  lines: readonly EditedLine[];
  extras: readonly (ExtraLine & { reason: string })[];
  discounts: readonly (Discount & { reason: string })[];
  scrap: readonly Scrap[];
  shippingMinor?: number | undefined;
  rushId?: string | undefined;
  /** Instead of what the customer's record says. */
  tax?: { status: TaxStatus; reason: string } | undefined;
}

export interface EditedLine extends LineEdit {
  partId: string;
  reason: string;
  /** Measured or known by hand, instead of the estimate. */
  making?: Making | undefined;
  /** Another machine's rates and profile. */
  machineId?: string | undefined;
  /** Of a filament print. */
  supports?: SupportChoice | undefined;
}

export const noEdits: QuoteEdits = { lines: [], extras: [], discounts: [], scrap: [] };

/** A decision about something that is not there (any more), or two about one line; undefined when all is well. */
export function findEditFault(edits: QuoteEdits, partIds: readonly string[]): Refusal | undefined {
  for (const [index, { partId }] of edits.lines.entries()) {
    if (!partIds.includes(partId))
      return refuse(
        'invalid',
        'The job has no such part any more. Drop the change.',
        `lines.${index}.partId`,
      );
    if (edits.lines.findIndex((each) => each.partId === partId) !== index)
      return refuse('invalid', 'A part is changed twice. Keep one of the changes.', `lines.${index}.partId`);
  }
  for (const [index, { id }] of edits.extras.entries())
    if (partIds.includes(id) || edits.extras.findIndex((each) => each.id === id) !== index)
      return refuse('invalid', 'Two lines have the same id.', `extras.${index}.id`);
  return undefined;
}

/** The inputs of a price with the shop's decisions in them; the customer's own discount stays. */
export function withEdits(inputs: PriceInputs, edits: QuoteEdits): PriceInputs {
  return {
    ...inputs,
    lines: inputs.lines.map((line) => {
      const edit = edits.lines.find(({ partId }) => partId === line.partId);
      if (!edit) return line;
      const { label, unitMinor, breakPercent, taxRateId } = edit;
      return {
        ...line,
        edit: { label, unitMinor, breakPercent, taxRateId },
        ...(edit.machineId === undefined ? {} : { machineId: edit.machineId }),
        ...(edit.making === undefined
          ? {}
          : { making: edit.making, estimate: null, fromGeometry: undefined }),
      };
    }),
    extras: edits.extras.map(({ reason: _, ...extra }) => extra),
    discounts: [
      ...(inputs.discounts ?? []),
      ...edits.discounts.map(({ reason: _, ...discount }) => discount),
    ],
    scrap: edits.scrap,
    ...(edits.shippingMinor === undefined ? {} : { shippingMinor: edits.shippingMinor }),
    ...(edits.rushId === undefined ? {} : { rushId: edits.rushId }),
    ...(edits.tax === undefined ? {} : { tax: edits.tax.status }),
  };
}

/** Edits of parts that are gone are dropped, so that a draft survives a removed line. */
export const stillMeant = (edits: QuoteEdits, partIds: readonly string[]): QuoteEdits => ({
  ...edits,
  lines: edits.lines.filter(({ partId }) => partIds.includes(partId)),
});
