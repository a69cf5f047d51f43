import { describe, expect, it } from 'vitest';
import { orderOptions } from './order-options.ts';
import { orderModes } from './price-book.ts';
import type { ReviewReason } from './review-gates.ts';

const fine = { totalMinor: 5000, reviewReasons: [] as ReviewReason[] };
const thin: ReviewReason = { code: 'thin_wall', partId: 'p1', message: 'p1 is thin.' };
const dear: ReviewReason = { code: 'above_threshold', message: 'The total is high.' };

describe('what a customer may do', () => {
  it.each(orderModes)('%s: only an instant price may be placed at once', (orderMode) => {
    const options = orderOptions({ ...fine, orderMode });
    expect(options.placeNow).toBe(orderMode === 'instant');
    expect(options.askForReview).toBe(true);
    expect(options.why).toHaveLength(orderMode === 'instant' ? 0 : 1);
    expect(options.showPrices).toBe(orderMode !== 'no_prices');
  });

  it('a doubtful line is not shown with a price, and the order waits for the shop', () => {
    const options = orderOptions({ ...fine, orderMode: 'instant', reviewReasons: [thin, dear] });
    expect(options).toMatchObject({
      placeNow: false,
      hiddenLines: ['p1'],
      why: [thin.message, dear.message],
    });
  });

  it('a price that is right but high is shown, and still waits for the shop', () => {
    const options = orderOptions({ ...fine, orderMode: 'instant', reviewReasons: [dear] });
    expect(options).toMatchObject({ placeNow: false, showPrices: true, hiddenLines: [] });
  });

  it.each([null, 0])('a total of %s is never placed', (totalMinor) => {
    expect(orderOptions({ ...fine, totalMinor, orderMode: 'instant' }).placeNow).toBe(false);
  });
});
