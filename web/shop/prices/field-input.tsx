import { NativeSelect, TextInput } from '@mantine/core';
import type { Field } from './book-fields.ts';

/** One figure or choice of a price book, as typed. */
export function FieldInput({
  field,
  value,
  onChange,
}: {
  field: Field;
  value: string;
  onChange: (value: string) => void;
}) {
  if (field.kind === 'choice')
    return (
      <NativeSelect
        label={field.label}
        data={[...(field.options ?? [])]}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <TextInput
      label={field.label}
      {...(field.kind === 'day' ? { type: 'date' } : { inputMode: 'decimal' as const })}
      rightSection={field.unit && <span className="unit">{field.unit}</span>}
      rightSectionWidth={field.unit ? 56 : 0}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
