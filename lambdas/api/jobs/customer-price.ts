import type { PricedOrderView } from '#contract/views/price.ts';
import type { PrintOrientation } from '#domain/estimate/print-estimate.ts';
import { customerComponents } from '#domain/price/customer-components.ts';
import { orderOptions } from '#domain/price/order-options.ts';
import type { PricedOrder } from '#domain/price/price-order.ts';
import type { ReviewReason } from '#domain/price/review-gates.ts';

/** Why the shop wants to look first, as far as it is about the customer's own files and wishes. */
const reasonWords: Partial<Record<ReviewReason['code'], string>> = {
  file_refused: 'A file can not be made as it is. Replace it by a repaired one.',
  needs_repair: 'A file is not sound as it is. The shop looks at it before it names a price.',
  units_doubt: 'The size of a part is unusual. Check that the file is in millimetres.',
  too_big: 'A part may be too big to be made in one piece. The shop looks at it.',
  thin_wall: 'A part has thin walls. The shop looks at whether it will come out.',
  open_contours: 'Lines to cut do not close. The shop looks at whether the piece comes free of the sheet.',
  many_pieces: 'The shop looks at large quantities first.',
};
const otherReason = { code: 'shop_review', message: 'The shop looks at this before it names a price.' };

function customerReasons(reasons: readonly ReviewReason[]): PricedOrderView['reviewReasons'] {
  const told = reasons.map(({ code, partId }) => {
    const message = reasonWords[code];
    return message === undefined ? otherReason : { code, ...(partId ? { partId } : {}), message };
  });
  return told.filter((reason, index) => told.findIndex((each) => each.message === reason.message) === index);
}

const orientationView = ({ turned, rotationDegrees: [aboutX, aboutY], words }: PrintOrientation) => ({
  turned,
  rotationDegrees: [aboutX, aboutY] satisfies [number, number],
  words,
});

/** A price as its customer sees it. Cost, margin, rates and rules never leave the shop. */
export function customerPrice(price: PricedOrder): PricedOrderView {
  const { currency, lines, subtotalMinor, adjustments, taxMode, taxes, taxNote, taxMinor, totalMinor } =
    price;
  return {
    currency,
    lines: lines.map(
      ({ partId, kind, name, quantity, unitMinor, totalMinor: lineMinor, estimate, components }) => ({
        partId,
        kind,
        name,
        quantity,
        unitMinor,
        totalMinor: lineMinor,
        estimate: estimate && {
          printSeconds: estimate.printSeconds,
          materialGrams: estimate.materialGrams,
          ...(estimate.orientation && { orientation: orientationView(estimate.orientation) }),
        },
        components: price.customerDetail === 'full' ? customerComponents(components) : [],
      }),
    ),
    subtotalMinor,
    adjustments: adjustments.map(({ code, label, amountMinor }) => ({ code, label, amountMinor })),
    taxMode,
    taxes: taxes.map(({ rateId, name, percent, netMinor, taxMinor: owed }) => ({
      rateId,
      name,
      percent,
      netMinor,
      taxMinor: owed,
    })),
    ...(taxNote === undefined ? {} : { taxNote }),
    taxMinor,
    totalMinor,
    ...(price.rush ? { rush: { id: price.rush.id, name: price.rush.name } } : {}),
    leadDays: price.leadDays,
    reviewReasons: customerReasons(price.reviewReasons),
    orderMode: price.orderMode,
  };
}

/**
 * A price that the shop has not sent: doubtful lines are to be priced, and so is everything that rests on them; a shop that
 * shows no prices shows none.
 */
export function unsentCustomerPrice(price: PricedOrder): PricedOrderView {
  const options = orderOptions(price);
  const view = customerPrice(price);
  const reasons = view.reviewReasons.map(({ message }) => message);
  const why = price.orderMode === 'instant' ? reasons : [...options.why.slice(0, 1), ...reasons];
  const hidden = (partId: string) => !options.showPrices || options.hiddenLines.includes(partId);
  const all = view.lines.every(({ partId }) => !hidden(partId));
  return {
    ...view,
    lines: view.lines.map((line) =>
      hidden(line.partId) ? { ...line, unitMinor: null, totalMinor: null, components: [] } : line,
    ),
    ...(all ? {} : { subtotalMinor: null, adjustments: [], taxes: [], taxMinor: null, totalMinor: null }),
    options: { ...options, why },
  };
}
