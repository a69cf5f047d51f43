import { NativeSelect, Text, TextInput } from '@mantine/core';
import type { PricedOrderView } from '#contract/views/price.ts';
import { supportChoices } from '#domain/estimate/print-settings.ts';
import type { Process } from '#domain/process.ts';
import { money, number } from '../../shared/format.ts';
import type { TypedLine } from './editor-draft.ts';
import { supportNames } from '../support-names.ts';
import { MakingForm } from './making-form.tsx';

type Line = PricedOrderView['lines'][number];

/** One line of the quote: its price now, what it costs, and what somebody may decide about it. */
export function LineEditor({
  line,
  process,
  currency,
  typed,
  taxRates,
  machines,
  onChange,
}: {
  line: Line;
  process: Process;
  currency: string;
  typed: TypedLine;
  taxRates: { value: string; label: string }[];
  /** Of the process. */
  machines: readonly { id: string; name: string }[];
  onChange: (typed: TypedLine) => void;
}) {
  const set = (change: Partial<TypedLine>) => onChange({ ...typed, ...change });
  const field = (name: 'label' | 'unit' | 'breakPercent' | 'reason', label: string, placeholder: string) => (
    <TextInput
      label={label}
      placeholder={placeholder}
      inputMode={name === 'label' || name === 'reason' ? 'text' : 'decimal'}
      value={typed[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  const amount = (minor: number | null | undefined) =>
    typeof minor === 'number' ? money(minor, currency) : 'no price yet';
  return (
    <div style={{ padding: '12px 0' }} role="group" aria-label={line.name}>
      <Text fw={600}>
        {line.quantity} × {line.name}
      </Text>
      <Text size="sm">
        {amount(line.unitMinor)} each, <b>{amount(line.totalMinor)}</b>
        {typeof line.costMinor === 'number' && ` · costs us ${money(line.costMinor, currency)}`}
        {line.marginPercent !== undefined && ` · margin ${number(line.marginPercent)} %`}
      </Text>
      <div className="row-fields">
        {field('label', 'Name on the quote', line.name)}
        {field('unit', 'Price each', 'by the price book')}
        {field('breakPercent', 'Quantity discount, %', 'by the price book')}
        {taxRates.length > 1 && (
          <NativeSelect
            label="Tax"
            data={taxRates}
            value={typed.taxRateId}
            onChange={(event) => set({ taxRateId: event.currentTarget.value })}
          />
        )}
        {machines.length > 1 && (
          <NativeSelect
            label="Machine"
            data={machines.map(({ id, name }, index) => ({ value: index === 0 ? '' : id, label: name }))}
            value={typed.machineId}
            onChange={(event) => set({ machineId: event.currentTarget.value })}
          />
        )}
        {process === 'fdm' && (
          <NativeSelect
            label="Supports"
            data={[
              { value: '', label: 'as usual' },
              ...supportChoices.map((value) => ({ value, label: supportNames[value] })),
            ]}
            value={typed.supports}
            onChange={({ currentTarget: { value } }) =>
              set({ supports: supportChoices.find((each) => each === value) ?? '' })
            }
          />
        )}
        {field('reason', 'Why', 'for your colleagues')}
      </div>
      <details className="fold" open={line.unitMinor === null}>
        <summary>
          <Text span size="sm" c="dimmed">
            What making one piece takes
          </Text>
        </summary>
        <MakingForm
          process={process}
          making={typed.making ?? line.making ?? undefined}
          currency={currency}
          onChange={(making) => set({ making })}
        />
      </details>
    </div>
  );
}
