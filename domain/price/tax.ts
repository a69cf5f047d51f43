import { isDay } from './days.ts';
import { taxRatesOf, type PriceBook, type TaxRate } from './price-book.ts';
import { add, divide, multiply, one, percent, rational, roundHalfUp } from './rational.ts';

/** Whether a customer owes tax, as it was when the order was priced. */
export type TaxStatus =
  | { kind: 'taxable' }
  /** A certificate on file; after its last day tax is due again. */
  | { kind: 'exempt'; certificate: string; expiresOn?: string | undefined }
  /** A business of another country of the union owes the tax itself. */
  | { kind: 'reverse_charge'; vatId: string }
  /** Goods that leave the tax area. */
  | { kind: 'export'; country: string };

export const taxable: TaxStatus = { kind: 'taxable' };

/** Why no tax is due on the day (`YYYY-MM-DD`), in words for the document; undefined when it is due. */
export function reliefOn(status: TaxStatus, day: string): string | undefined {
  switch (status.kind) {
    case 'taxable':
      return undefined;
    case 'exempt':
      return isExpired(status, day) ? undefined : `Exempt, certificate ${status.certificate}`;
    case 'reverse_charge':
      return `Reverse charge: the customer owes the tax (VAT id ${status.vatId})`;
    case 'export':
      return `Export to ${status.country}`;
  }
}

export const isExpired = (status: TaxStatus, day: string): boolean =>
  status.kind === 'exempt' && status.expiresOn !== undefined && status.expiresOn < day;

export function findTaxStatusFault(status: TaxStatus): { field: string; message: string } | undefined {
  if (status.kind === 'exempt' && status.expiresOn !== undefined && !isDay(status.expiresOn))
    return {
      field: 'expiresOn',
      message: 'The last day of the certificate must be a day such as 2026-12-31.',
    };
  return undefined;
}

/** An amount at one rate; whole minor units, never below 0. */
export interface TaxedAmount {
  amountMinor: number;
  rateId: string;
}

/** What one rate comes to. Net and tax are what the amounts at the rate are made of, or lead to. */
export interface TaxTotal {
  rateId: string;
  name: string;
  percent: number;
  netMinor: number;
  taxMinor: number;
}

/**
 * Tax of the amounts by rate, in the order of the book. Exclusive: tax = net x rate, on top. Inclusive: net = gross / (1 + rate),
 * tax = the rest. Rounded half up, once per amount or once per rate as the book says.
 */
export function taxTotals(book: PriceBook, amounts: readonly TaxedAmount[]): TaxTotal[] {
  return taxRatesOf(book).flatMap((rate) => {
    const own = amounts.filter(({ rateId }) => rateId === rate.id).map(({ amountMinor }) => amountMinor);
    if (own.length === 0) return [];
    const sum = own.reduce((total, amount) => total + amount, 0);
    const parts = book.taxRounding === 'line' ? own : [sum];
    const taxMinor = parts.reduce((total, amount) => total + taxOf(amount, rate, book.taxMode), 0);
    const netMinor = book.taxMode === 'inclusive' ? sum - taxMinor : sum;
    return [{ rateId: rate.id, name: rate.name, percent: rate.percent, netMinor, taxMinor }];
  });
}

/** The tax on a net amount, or in a gross one. */
export function taxOf(
  amountMinor: number,
  rate: Pick<TaxRate, 'percent'>,
  mode: PriceBook['taxMode'],
): number {
  const amount = rational(amountMinor);
  if (mode === 'exclusive') return Number(roundHalfUp(multiply(amount, percent(rate.percent))));
  return amountMinor - Number(roundHalfUp(divide(amount, add(one, percent(rate.percent)))));
}

/**
 * Takes `reductionMinor` off the amounts in proportion to their size; what does not divide goes to the largest remainders, the
 * earlier first, so that no cent is lost. The reduction may be at most the sum of the amounts.
 */
export function reduceInProportion(amounts: readonly TaxedAmount[], reductionMinor: number): TaxedAmount[] {
  const sum = amounts.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
  if (reductionMinor === 0 || sum === 0n) return [...amounts];
  const shares = amounts.map(({ amountMinor }, index) => {
    const product = BigInt(amountMinor) * BigInt(reductionMinor);
    return { index, whole: Number(product / sum), rest: product % sum };
  });
  let left = reductionMinor - shares.reduce((total, { whole }) => total + whole, 0);
  const extra = new Set<number>();
  for (const { index } of [...shares].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  )) {
    if (left === 0) break;
    extra.add(index);
    left -= 1;
  }
  return amounts.map((amount, index) => ({
    ...amount,
    amountMinor: amount.amountMinor - shares[index]!.whole - (extra.has(index) ? 1 : 0),
  }));
}
