import type { PricedOrder } from '../price/price-order.ts';
import type { Cell, Column, Section } from './document.ts';
import type { Formats } from './formats.ts';

export interface BillLine {
  label: string;
  /** Material, finish. */
  detail?: string;
  quantity: number;
  /** Null when it can not be told by the piece. */
  unitMinor: number | null;
  totalMinor: number;
}

/** What is to be paid, line by line, of an offer, an invoice or a credit. */
export interface Bill {
  currency: string;
  lines: readonly BillLine[];
  taxLabel: string;
  taxMinor: number;
  totalMinor: number;
}

/** What an offer's lines are made of, by the id of the part. */
export type ScopeDetails = Readonly<Record<string, string>>;

type Offer = Pick<PricedOrder, 'currency' | 'taxMinor' | 'totalMinor'> & {
  lines: readonly Pick<
    PricedOrder['lines'][number],
    'partId' | 'name' | 'quantity' | 'unitMinor' | 'totalMinor'
  >[];
  adjustments: readonly { code: string; label: string; amountMinor: number }[];
};

/** The bill of an offer; undefined when the offer has no price. */
export function billOfOffer(offer: Offer, details: ScopeDetails = {}): Bill | undefined {
  const { currency, lines, adjustments, taxMinor, totalMinor } = offer;
  if (taxMinor === null || totalMinor === null) return undefined;
  const taxes = adjustments.filter(({ code }) => code === 'tax');
  return {
    currency,
    lines: [
      ...lines.map(({ partId, name, quantity, unitMinor, totalMinor: lineMinor }) => ({
        label: name,
        ...(details[partId] ? { detail: details[partId] } : {}),
        quantity,
        unitMinor,
        totalMinor: lineMinor ?? 0,
      })),
      ...adjustments
        .filter(({ code }) => code !== 'tax')
        .map(({ label, amountMinor }) => ({
          label,
          quantity: 1,
          unitMinor: amountMinor,
          totalMinor: amountMinor,
        })),
    ],
    taxLabel: taxes.length === 1 ? (taxes[0]?.label ?? 'Tax') : 'Tax',
    taxMinor,
    totalMinor,
  };
}

const columns: readonly Column[] = [
  { label: 'Item', align: 'left', width: 'rest' },
  { label: 'Quantity', align: 'right', width: 'fit' },
  { label: 'Each', align: 'right', width: 'fit' },
  { label: 'Amount', align: 'right', width: 'fit' },
];

const cell = (text: string, note?: string): Cell => ({ text, ...(note ? { note } : {}) });

/** The lines as a table, then what they add up to. Prices that hold their tax say how much it is; others add it. */
export function billSections(bill: Bill, formats: Formats, heading: string, totalLabel = 'Total'): Section[] {
  const money = (minor: number) => formats.money(minor, bill.currency);
  const linesMinor = bill.lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  const includesTax = bill.taxMinor > 0 && linesMinor === bill.totalMinor;
  const rows = bill.lines.map(({ label, detail, quantity, unitMinor, totalMinor }) => [
    cell(label, detail),
    cell(formats.count(quantity)),
    cell(unitMinor === null ? '' : money(unitMinor)),
    cell(money(totalMinor)),
  ]);
  const total = {
    label: `${totalLabel} (${bill.currency})`,
    value: money(bill.totalMinor),
    strong: true as const,
  };
  const tax = money(bill.taxMinor);
  return [
    { kind: 'table', heading, columns, rows },
    {
      kind: 'totals',
      rows: includesTax
        ? [
            { label: 'Without tax', value: money(bill.totalMinor - bill.taxMinor) },
            { label: `Included: ${bill.taxLabel}`, value: tax },
            total,
          ]
        : [{ label: 'Subtotal', value: money(linesMinor) }, { label: bill.taxLabel, value: tax }, total],
    },
  ];
}
