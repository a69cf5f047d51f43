import type { PriceComponent } from './price-line.ts';
import type { PriceComponentCode } from './price-step.ts';

/** What the customer is shown of a component: no rule, and no input that is money or a percentage. */
export type CustomerComponent = Omit<PriceComponent, 'rule'>;

/** The shop's own percentages. A customer sees them spread over what is made for them. */
const spread: readonly PriceComponentCode[] = ['failure', 'overhead', 'markup'];
const above: readonly PriceComponentCode[] = [
  'part_minimum',
  'quantity_break',
  'quantity_floor',
  'rush',
  'edit',
];

/**
 * What a unit's price is made of, in the customer's money: every step of making it carries its share of failure, overhead and
 * markup, so that the steps add up to the unit and neither cost nor margin can be told from them. A price that was set by hand
 * is made of nothing.
 */
export function customerComponents(components: readonly PriceComponent[]): CustomerComponent[] {
  if (components.some(({ code }) => code === 'edit')) return [];
  const sum = (list: readonly PriceComponent[]) =>
    list.reduce((total, { amountMinor }) => total + Number(amountMinor), 0);
  const direct = components.filter(({ code }) => !spread.includes(code) && !above.includes(code));
  const own = sum(direct);
  if (own <= 0) return [];
  const factor = 1 + sum(components.filter(({ code }) => spread.includes(code))) / own;
  return [
    ...direct.map((step) => shown(step, Number(step.amountMinor) * factor)),
    ...components
      .filter(({ code }) => above.includes(code))
      .map((step) => shown(step, Number(step.amountMinor))),
  ].filter(({ amountMinor }) => Number(amountMinor) !== 0);
}

function shown({ code, label, inputs }: PriceComponent, amount: number): CustomerComponent {
  return {
    code,
    label,
    amountMinor: String(Math.round(amount * 1e6) / 1e6),
    inputs: Object.fromEntries(
      Object.entries(inputs).filter(([, { unit }]) => !unit.startsWith('minor') && unit !== '%'),
    ),
  };
}
