import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { QuoteEditsBody } from '#contract/views/quote-draft.ts';
import { making as makingSchema } from '#contract/views/making.ts';
import type { Process } from '#domain/process.ts';
import { decimalsOf } from '../../shared/format.ts';

type Making = NonNullable<QuoteEditsBody['lines'][number]['making']>;
interface Field {
  name: string;
  label: string;
  unit: string;
  /** Typed in this unit times stored: minutes for seconds. */
  times?: number;
  money?: true;
  optional?: true;
}

const hours: Field = { name: 'machineSeconds', label: 'Machine time', unit: 'min', times: 60 };
const fields: Record<Process, readonly Field[]> = {
  fdm: [hours, { name: 'grams', label: 'Material', unit: 'g' }],
  resin: [
    hours,
    { name: 'millilitres', label: 'Resin with supports', unit: 'ml' },
    { name: 'layers', label: 'Layers', unit: '' },
    { name: 'washCureMinutes', label: 'Washing and curing', unit: 'min' },
  ],
  powder: [
    hours,
    { name: 'grams', label: 'Sintered', unit: 'g' },
    { name: 'refreshGrams', label: 'Refreshed powder', unit: 'g' },
    { name: 'chamberShare', label: 'Share of the chamber', unit: '%', times: 0.01 },
  ],
  laser: [
    { ...hours, optional: true },
    { name: 'cutMm', label: 'Cut length', unit: 'mm' },
    { name: 'pierces', label: 'Pierces', unit: '' },
    { name: 'engravedMm2', label: 'Engraved', unit: 'mm²' },
    { name: 'sheetShare', label: 'Share of a sheet', unit: '%', times: 0.01 },
    { name: 'handlingSeconds', label: 'Handling', unit: 's' },
  ],
  cnc: [
    { ...hours, optional: true },
    { name: 'stockGrams', label: 'Stock', unit: 'g' },
    { name: 'removedMm3', label: 'Removed', unit: 'cm³', times: 1000 },
    { name: 'setups', label: 'Setups', unit: '' },
    { name: 'toolChanges', label: 'Tool changes', unit: '' },
  ],
  casting: [
    { ...hours, label: 'Printing the wax' },
    { name: 'metalGrams', label: 'Metal with sprue', unit: 'g' },
    { name: 'waxMillilitres', label: 'Wax', unit: 'ml' },
    { name: 'waxMinorPerLitre', label: 'Wax, per litre', unit: '', money: true },
    { name: 'hallmarkMinor', label: 'Hallmark', unit: '', money: true },
  ],
};

interface TypedStone {
  name: string;
  count: string;
  minorEach: string;
  settingMinorEach: string;
}
const stoneFields = [
  ['name', 'Stone'],
  ['count', 'How many'],
  ['minorEach', 'Price each'],
  ['settingMinorEach', 'Setting each'],
] as const;

/** What making one piece takes, typed by somebody who knows. Hands over a making when every figure can be read. */
export function MakingForm({
  process,
  making,
  currency,
  onChange,
}: {
  process: Process;
  making: Making | undefined;
  currency: string;
  onChange: (making: Making) => void;
}) {
  const large = 10 ** decimalsOf(currency);
  const scale = (field: Field) => (field.money ? 1 / large : (field.times ?? 1));
  const [typed, setTyped] = useState<Record<string, string>>(() =>
    Object.fromEntries(
      fields[process].map((field) => {
        const value = (making as Record<string, unknown> | undefined)?.[field.name];
        const size = field.money ? large : 1 / (field.times ?? 1);
        return [
          field.name,
          typeof value !== 'number'
            ? ''
            : String(field.money ? value / large : Number((value * size).toFixed(6))),
        ];
      }),
    ),
  );
  const [stones, setStones] = useState<TypedStone[]>(() =>
    making?.process === 'casting'
      ? making.stones.map(({ name, count, minorEach, settingMinorEach }) => ({
          name,
          count: String(count),
          minorEach: String(minorEach / large),
          settingMinorEach: String(settingMinorEach / large),
        }))
      : [],
  );
  const tell = (figures: Record<string, string>, rows: TypedStone[]) => {
    const values = Object.fromEntries(
      fields[process].flatMap((field) => {
        const text = (figures[field.name] ?? '').trim();
        if (text === '' && field.optional) return [];
        const value = Number(text.replace(',', '.') || Number.NaN);
        return [[field.name, field.money ? Math.round(value * large) : value * scale(field)]];
      }),
    );
    const set = rows.map(({ name, count, minorEach, settingMinorEach }) => ({
      name,
      count: Number(count),
      minorEach: Math.round(Number(minorEach) * large),
      settingMinorEach: Math.round(Number(settingMinorEach) * large),
    }));
    const read = makingSchema.safeParse({
      process,
      ...values,
      ...(process === 'casting' ? { stones: set } : {}),
    });
    if (read.success) onChange(read.data);
  };
  const setFigure = (name: string, value: string) => {
    const next = { ...typed, [name]: value };
    setTyped(next);
    tell(next, stones);
  };
  const setRows = (rows: TypedStone[]) => {
    setStones(rows);
    tell(typed, rows);
  };
  return (
    <>
      <div className="row-fields">
        {fields[process].map((field) => (
          <TextInput
            key={field.name}
            label={field.label}
            inputMode="decimal"
            rightSection={field.unit && <span className="unit">{field.unit}</span>}
            rightSectionWidth={field.unit ? 48 : 0}
            value={typed[field.name] ?? ''}
            onChange={(event) => setFigure(field.name, event.currentTarget.value)}
          />
        ))}
      </div>
      {process === 'casting' && (
        <>
          {stones.map((stone, index) => (
            <div className="row-fields" key={index} role="group" aria-label={`Stones ${index + 1}`}>
              {stoneFields.map(([name, label]) => (
                <TextInput
                  key={name}
                  label={label}
                  value={stone[name]}
                  onChange={(event) =>
                    setRows(
                      stones.map((each, at) =>
                        at === index ? { ...each, [name]: event.currentTarget.value } : each,
                      ),
                    )
                  }
                />
              ))}
              <Button variant="default" onClick={() => setRows(stones.filter((_, at) => at !== index))}>
                Remove
              </Button>
            </div>
          ))}
          <Button
            size="xs"
            variant="default"
            onClick={() =>
              setRows([...stones, { name: '', count: '1', minorEach: '0', settingMinorEach: '0' }])
            }
          >
            Add stones
          </Button>
        </>
      )}
    </>
  );
}
