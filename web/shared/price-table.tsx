import { Text } from '@mantine/core';
import type { PricedOrderView } from '#contract/views/price.ts';
import { duration, exactMoney, money, number } from './format.ts';

type Line = PricedOrderView['lines'][number];

/** A price with its lines; what a unit is made of opens where the caller may see it. */
export function PriceTable({ price }: { price: PricedOrderView }) {
  const { currency } = price;
  const amount = (minor: number | null) => (minor === null ? 'To be priced' : money(minor, currency));
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="Price">
      <table className="plain">
        <thead>
          <tr>
            <th>Part</th>
            <th className="amount">Each</th>
            <th className="amount">Total</th>
          </tr>
        </thead>
        <tbody>
          {price.lines.map((line) => (
            <tr key={line.partId}>
              <td>
                {line.quantity} × {line.name}
                <Estimate line={line} />
                {line.components.length > 0 && <Explanation line={line} currency={currency} />}
              </td>
              <td className="amount">{amount(line.unitMinor)}</td>
              <td className="amount">{amount(line.totalMinor)}</td>
            </tr>
          ))}
          {price.adjustments.map((adjustment) => (
            <tr key={`${adjustment.code} ${adjustment.label}`}>
              <td colSpan={2}>{adjustment.label}</td>
              <td className="amount">{money(adjustment.amountMinor, currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              Total
            </th>
            <td className="amount">{amount(price.totalMinor)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Estimate({ line: { estimate } }: { line: Line }) {
  if (!estimate) return null;
  return (
    <Text size="xs" c="dimmed">
      About {duration(estimate.printSeconds)} and {number(estimate.materialGrams)} g each
      {estimate.learned && `, ${estimate.learned.words}`}
      {estimate.orientation && `, ${estimate.orientation.words}`}
    </Text>
  );
}

function Explanation({ line, currency }: { line: Line; currency: string }) {
  return (
    <details className="fold">
      <summary>
        <Text span size="sm" c="dimmed">
          How this price is made
        </Text>
      </summary>
      <ul className="plain-list">
        {line.components.map((component) => (
          <li key={component.code} style={{ padding: '6px 0' }}>
            <Text size="sm">
              {component.label}: <b>{exactMoney(component.amountMinor, currency)}</b>
            </Text>
            <Text size="xs" c="dimmed">
              {component.rule}
            </Text>
            <Text size="xs" c="dimmed">
              {Object.entries(component.inputs)
                .map(([name, input]) => inputWords(name, input, currency))
                .join(' · ')}
            </Text>
          </li>
        ))}
      </ul>
      {line.costMinor !== undefined && line.costMinor !== null && (
        <Text size="sm">
          Costs us {money(line.costMinor, currency)}
          {line.marginPercent === undefined ? '' : `, margin ${number(line.marginPercent)} %`}. The customer
          does not see this.
        </Text>
      )}
    </details>
  );
}

/** `laborRate`, 3000 `minor/h` -> "labor rate €30.00/h". */
function inputWords(
  name: string,
  { value, unit }: { value: number; unit: string },
  currency: string,
): string {
  const words = name.replaceAll(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  if (unit.startsWith('minor')) return `${words} ${money(value, currency)}${unit.slice('minor'.length)}`;
  return `${words} ${number(value, 4)} ${unit}`;
}
